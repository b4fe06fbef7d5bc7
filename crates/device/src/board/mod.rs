//! The board: one simulated module, with all that its Python modules share.

pub mod at;
mod calls;
pub mod cells;
pub mod data_call;
mod low_power;
mod messages;
mod position;
mod secure_data;
mod updates;
mod wakeup;
mod wifi;

use crate::board_file::{Description, SimCard};
use crate::event::{Events, Source};
use crate::flash::{Flash, Storage};
use crate::peripherals::{Link, Peripherals};
use crate::power::{Power, Request};
use crate::radio::cellular::{Cellular, Function};
use crate::services::Services;
use crate::time::{Clock, Plan, Time};
use parking_lot::{Mutex, MutexGuard};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::atomic::AtomicI32;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Weak};
use std::time::Duration;

const CTRL_C: i32 = 3;

/// One module. Shared by the session, its VM and whoever drives it.
#[derive(Debug)]
pub struct Board {
    /// As the board file gave it; what changes while it runs is beside.
    pub description: Description,
    /// The module's file systems.
    pub flash: Flash,
    /// The real-time clock.
    pub clock: Arc<Clock>,
    /// What scripts are called back for.
    pub events: Arc<Events>,
    /// What waits, sleeps and fires on this board goes by this.
    pub time: Time,
    /// Why it was powered on, the key, the plug.
    pub power: Arc<Power>,
    /// Pins, timers, serial ports, buses, keys, the screen.
    pub peripherals: Peripherals,
    /// Messages, calls, positions and their like.
    pub services: Services,
    cellular: Mutex<Cellular>,
    /// What breaks a running script when it comes at the main serial port; −1 for nothing.
    interrupt_character: AtomicI32,
    /// The next change that time alone brings: registration.
    planned: Mutex<Option<Plan>>,
    /// Itself, for what is planned.
    own: Weak<Self>,
}

impl Board {
    /// A board that has just been powered on, with `project` as its `/usr`.
    ///
    /// # Errors
    /// Those of opening the folder.
    pub fn new(description: Description, project: PathBuf, storage: Storage) -> std::io::Result<Arc<Self>> {
        Self::with_time(description, project, storage, Time::real())
    }

    /// As [`Board::new`], with a time of the caller's.
    ///
    /// # Errors
    /// As [`Board::new`].
    pub fn with_time(
        description: Description,
        project: PathBuf,
        storage: Storage,
        time: Time,
    ) -> std::io::Result<Arc<Self>> {
        let flash = Flash::open(project, storage)?;
        let link = Link {
            clock: Arc::new(Clock::new(time.clone())),
            time,
            events: Arc::default(),
            power: Arc::new(Power::new(&description.power)),
        };
        let board = Arc::new_cyclic(|own| Self {
            cellular: Mutex::new(Cellular::new(&description)),
            interrupt_character: AtomicI32::new(CTRL_C),
            peripherals: Peripherals::new(&description, &link),
            services: Services::new(&description),
            description,
            flash,
            clock: link.clock.clone(),
            time: link.time.clone(),
            events: link.events.clone(),
            power: link.power.clone(),
            planned: Mutex::default(),
            own: own.clone(),
        });
        board.boot();
        Ok(board)
    }

    /// Power-on again, for the reason that asked for it. The flash, and what the radio keeps in its own store, stay.
    pub fn restart(&self) {
        self.events.listen(None);
        self.power.listen(None);
        self.peripherals.reset();
        self.clock.restart();
        self.power.restarted();
        self.boot();
    }

    fn boot(&self) {
        self.services.power_on();
        self.update_files();
        self.restore_user_apn();
        let wishes = self.wishes();
        self.cellular().power_on(&wishes);
        self.settle();
    }

    /// Itself, for what happens later.
    pub(crate) fn weak(&self) -> Weak<Self> {
        self.own.clone()
    }

    fn cellular(&self) -> MutexGuard<'_, Cellular> {
        self.cellular.lock()
    }

    /// Looks at the radio, or changes it; the script's callbacks hear of what that changes.
    pub fn radio<R>(&self, act: impl FnOnce(&mut Cellular, Duration) -> R) -> R {
        let result = act(&mut self.cellular(), self.clock.up());
        self.settle();
        result
    }

    /// Reports what has changed, and plans to look again when time will change something.
    fn settle(&self) {
        let up = self.clock.up();
        let (reports, wait) = {
            let mut cellular = self.cellular();
            (cellular.settle(up), cellular.registers_in(up))
        };
        for (source, argument) in reports {
            self.events.send(source, argument);
        }
        let own = self.own.clone();
        let look = move || {
            if let Some(board) = own.upgrade() {
                board.settle();
            }
        };
        let plan = wait.map(|wait| self.time.after(wait, look));
        *self.planned.lock() = plan;
    }

    /// What breaks a running script when it comes at the main serial port (`micropython.kbd_intr`).
    #[must_use]
    pub fn interrupt_character(&self) -> Option<u8> {
        u8::try_from(self.interrupt_character.load(SeqCst)).ok()
    }

    /// Takes the character that interrupts a script at the main port; none: nothing does.
    pub fn set_interrupt_character(&self, character: Option<u8>) {
        self.interrupt_character.store(character.map_or(-1, i32::from), SeqCst);
    }

    /// Whether the network beyond the module can be reached.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.cellular().is_online(self.clock.up())
    }

    /// The IPv4 address that the network gives to a context, counted from 0.
    #[must_use]
    pub fn address(&self, profile: usize) -> Ipv4Addr {
        let first = u32::from(self.description.data_call.address);
        Ipv4Addr::from(first.wrapping_add(u32::try_from(profile).unwrap_or(0)))
    }

    /// All addresses that contexts may have.
    #[must_use]
    pub fn addresses(&self) -> Vec<IpAddr> {
        let v6 = self.description.data_call.address_v6.map(IpAddr::V6);
        (0..crate::radio::cellular::PROFILES).map(|p| self.address(p).into()).chain(v6).collect()
    }

    /// Puts a SIM card in, or takes it out: for tests, as a finger does it.
    pub fn set_sim(&self, card: Option<SimCard>) {
        let (source, argument) = self.radio(|radio, up| radio.insert(card, up));
        self.events.send(source, argument);
    }

    /// Sets what the real-time clock shows; an alarm that it passes rings.
    pub fn set_local_time(&self, seconds: i64) {
        self.clock.set_local(seconds);
        self.peripherals.alarm.look();
    }

    /// Moves what the real-time clock shows; an alarm that it passes rings.
    pub fn move_local_time(&self, seconds: i64) {
        self.clock.move_by(seconds);
        self.peripherals.alarm.look();
    }

    /// Switches the radio (`net.setModemFun`).
    pub fn set_function(&self, function: Function) {
        self.radio(|radio, up| radio.set_function(function, up));
    }

    /// Asks for power off, or a restart; the session carries it out.
    pub fn request(&self, request: Request) {
        self.power.request(request);
    }

    /// Plugs USB in or out.
    pub fn set_usb(&self, plugged: bool) {
        if self.power.set_usb(plugged) != plugged {
            self.events.send(Source::Usb, i64::from(plugged).into());
        }
    }

    /// Presses or releases the power key.
    pub fn press_power_key(&self, pressed: bool) {
        self.events.send(Source::PowerKey, i64::from(pressed).into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Event, Value, numbers};
    use std::sync::mpsc::channel;

    #[test]
    fn registration_that_takes_time_is_reported_when_it_is_there() {
        let mut description = Description::default();
        description.network.seconds_to_register = 0.01;
        let folder = tempfile::tempdir().unwrap();
        let board = Board::new(description, folder.path().into(), Storage::Ephemeral).unwrap();
        let (sender, events) = channel();
        board.events.listen(Some(Arc::new(move |event| sender.send(event).unwrap())));
        let is = |source, argument| Ok(Event { source, argument });
        let registered = events.recv();
        if registered == is(Source::Net, numbers(&[0, 1, 26909, 232_301_323, 7])) {
            assert_eq!(events.recv(), is(Source::DataCall, numbers(&[1, 1, 0])));
        }
        assert!(board.is_online());
        board.set_sim(None);
        assert_eq!(events.recv(), is(Source::Net, numbers(&[0, 0, 26909, 232_301_323, 7])));
        assert_eq!(events.recv(), is(Source::DataCall, numbers(&[1, 0, 0])));
        assert_eq!(events.recv(), is(Source::Sim, Value::Int(2)));
        assert!(!board.is_online());
    }

    #[test]
    fn contexts_have_addresses_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let board = Board::new(Description::default(), folder.path().into(), Storage::Ephemeral).unwrap();
        assert_eq!(board.address(0).to_string(), "10.73.21.6");
        assert_eq!(board.address(2).to_string(), "10.73.21.8");
    }
}
