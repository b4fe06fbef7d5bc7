//! Looking up a name for a socket.

use super::socket::Socket;
use crate::background::Patience;
use crate::error::Result;
use std::net::SocketAddr;

impl Socket {
    /// All addresses of `host`, as `Resolver::resolve` has them, for this socket: within its timeout, and until it is
    /// closed. A socket that does not wait otherwise waits here.
    ///
    /// # Errors
    /// `NameNotFound`; as every wait.
    pub fn resolve(&self, host: &str, port: u16) -> Result<Vec<SocketAddr>> {
        let deadline = self.deadline_of_a_wait();
        let me = std::thread::current();
        self.asking.lock().push(me.clone());
        let patience = Patience { deadline, is_over: &|| self.is_closed() };
        let found = self.stack.resolver.resolve_within(patience, host, port, &self.stack.waiters);
        self.asking.lock().retain(|thread| thread.id() != me.id());
        found
    }
}
