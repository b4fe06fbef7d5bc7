//! Setting an option of a socket.

use super::options::{Opt, Setting, apply, number};
use super::socket::Socket;
use crate::error::Result;

impl Socket {
    /// Sets an option by lwIP's numbers; false when the option is not known.
    ///
    /// # Errors
    /// EINVAL for a value out of range; those of the host.
    pub fn set_option(&self, level: i32, option: i32, value: Opt<'_>) -> Result<bool> {
        let handle = self.handle()?;
        if level == number::SOL_SOCKET && matches!(option, number::SO_SNDTIMEO | number::SO_RCVTIMEO) {
            return self.set_timeout(value.timeout()?).map(|()| true);
        }
        // Under the lock, lest a move miss it.
        let mut settings = self.relocation.settings.lock();
        let known = apply(&handle, level, option, value)?;
        if known {
            let setting = Setting::new(level, option, value);
            settings.retain(|s| !s.is_superseded_by(&setting));
            settings.push(setting);
        }
        Ok(known)
    }
}
