//! The radio: registration in the network, and the PDP contexts over it.
//!
//! What is so is derived: a context is up when it is wanted and the module is registered, and it is registered when
//! its card is ready, its radio is on and the time to register has passed. Changes are found by comparing with what
//! was last reported.

use crate::board_file::{Description, Signal, SimCard};
use crate::event::{Source, Value, numbers};
use crate::radio::sim::Sim;
use crate::radio::wishes::Wishes;
use std::time::Duration;

/// PDP contexts of a module with an ASR chip (`dial.getPdpRange()`).
pub const PROFILES: usize = 8;

/// `net.getModemFun()`: 0 off, 1 full, 4 flight mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Function {
    /// Minimum functionality.
    Off = 0,
    /// Full functionality.
    Full = 1,
    /// Flight mode.
    Flight = 4,
}

impl Function {
    /// The mode of `net.setModemFun`.
    #[must_use]
    pub fn from_number(n: i64) -> Option<Self> {
        [Self::Off, Self::Full, Self::Flight].into_iter().find(|f| *f as i64 == n)
    }
}

/// How a PDP context is to be dialled.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Definition {
    /// 0 IPv4, 1 IPv6, 2 both.
    pub ip_type: u8,
    /// The access point's name.
    pub apn: String,
    /// The user's name.
    pub user: String,
    /// The user's password.
    pub password: String,
    /// 0 none, 1 PAP, 2 CHAP, 3 either.
    pub auth: u8,
}

/// One PDP context.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// What a script has set for it.
    pub definition: Definition,
    /// Whether a script, or power-on, has dialled it.
    wanted: bool,
    /// Whether that was ever so since power-on.
    dialled: bool,
    /// Whether it was reported as up.
    reported: bool,
    /// Dialled again by itself after a loss.
    pub auto_connect: bool,
    /// Name servers that a script has set instead of the network's.
    pub dns: Option<[String; 2]>,
}

/// Radio, card and contexts of one board.
#[derive(Debug)]
pub struct Cellular {
    /// The SIM card.
    pub sim: Sim,
    function: Function,
    /// State of registration that the network grants, as the board file says.
    pub granted: u8,
    /// Since power-on.
    registers_at: Duration,
    time_to_register: Duration,
    reported_state: u8,
    /// The PDP contexts, by profile.
    pub contexts: [Context; PROFILES],
    /// Nobody answers beyond the base station (a test's cut cable); registration stays.
    pub link_cut: bool,
    /// Strength of the signal, as the board file says at first.
    pub signal: Signal,
    lac: u32,
    cell: u64,
    act: u8,
    /// `net.setConfig`
    pub mode: (u8, bool),
    /// `dataCall.setAsynMode`
    pub asynchronous: bool,
}

/// What is to be told to a script's callbacks.
pub type Report = (Source, Value);

impl Context {
    /// Whether it was dialled since power-on.
    #[must_use]
    pub fn was_dialled(&self) -> bool {
        self.dialled
    }
}

impl Cellular {
    /// A radio that was just powered on.
    #[must_use]
    pub fn new(description: &Description) -> Self {
        let time_to_register = Duration::from_secs_f64(description.network.seconds_to_register);
        let mut contexts: [Context; PROFILES] = Default::default();
        contexts[0].definition.apn.clone_from(&description.data_call.apn);
        if description.data_call.address_v6.is_some() {
            contexts[0].definition.ip_type = 2;
        }
        Self {
            sim: Sim::new(description.sim.clone()),
            function: Function::Full,
            granted: description.network.state,
            registers_at: time_to_register,
            time_to_register,
            reported_state: 0,
            contexts,
            link_cut: false,
            signal: description.signal.clone(),
            lac: description.network.lac,
            cell: description.network.cell,
            act: description.network.act,
            mode: (8, false),
            asynchronous: false,
        }
    }

    /// Power-on, at `up` = 0 of the board's clock: what is not stored on the module is forgotten.
    pub(crate) fn power_on(&mut self, wishes: &[Wishes; PROFILES]) {
        self.sim.reset();
        self.function = Function::Full;
        self.registers_at = self.time_to_register;
        self.asynchronous = false;
        for (wishes, context) in wishes.iter().zip(&mut self.contexts) {
            context.wanted = wishes.auto_activate == 1;
            context.dialled = context.wanted;
            context.auto_connect = wishes.auto_connect == 1;
            context.reported = false;
        }
        // Without a report: nobody listens yet.
        drop(self.settle(Duration::ZERO));
    }

    /// The mode of `net.getModemFun`.
    #[must_use]
    pub fn function(&self) -> Function {
        self.function
    }

    /// Registration state: 0 not searching, 2 searching, else what the network grants.
    #[must_use]
    pub fn state(&self, up: Duration) -> u8 {
        if self.function != Function::Full || !self.sim.is_ready() {
            0
        } else if up < self.registers_at {
            2
        } else {
            self.granted
        }
    }

    /// Whether it is registered, `up` after power-on.
    #[must_use]
    pub fn is_registered(&self, up: Duration) -> bool {
        matches!(self.state(up), 1 | 5)
    }

    /// When the module will have registered, if it is waiting for that.
    #[must_use]
    pub fn registers_in(&self, up: Duration) -> Option<Duration> {
        (self.state(up) == 2).then(|| self.registers_at.checked_sub(up)).flatten()
    }

    /// Whether a context is up.
    #[must_use]
    pub fn is_up(&self, profile: usize, up: Duration) -> bool {
        self.contexts.get(profile).is_some_and(|c| c.wanted) && self.is_registered(up)
    }

    /// Whether anything can be reached.
    #[must_use]
    pub fn is_online(&self, up: Duration) -> bool {
        !self.link_cut && self.contexts.iter().any(|c| c.wanted) && self.is_registered(up)
    }

    /// Dials. False when the network cannot be used.
    pub fn activate(&mut self, profile: usize, up: Duration) -> bool {
        if !self.is_registered(up) {
            return false;
        }
        self.contexts.get_mut(profile).is_some_and(|c| {
            (c.wanted, c.dialled) = (true, true);
            true
        })
    }

    /// Hangs up. False when it was not up.
    pub fn deactivate(&mut self, profile: usize) -> bool {
        self.contexts.get_mut(profile).is_some_and(|c| std::mem::take(&mut c.wanted))
    }

    /// Switches the radio.
    pub fn set_function(&mut self, function: Function, up: Duration) {
        if function == Function::Full && self.function != Function::Full {
            self.registers_at = up + self.time_to_register;
        }
        if function == Function::Off {
            self.sim.reset();
        }
        self.function = function;
    }

    /// Puts a card in or takes it out.
    pub fn insert(&mut self, card: Option<SimCard>, up: Duration) -> Report {
        let inserted = card.is_some();
        if let Some(card) = card {
            self.sim.exchange(card);
        }
        self.sim.card.inserted = inserted;
        self.registers_at = up + self.time_to_register;
        (Source::Sim, Value::Int(if inserted { 1 } else { 2 }))
    }

    /// Finds what has changed since the last call. A lost context is dialled again only if that was asked for.
    pub fn settle(&mut self, up: Duration) -> Vec<Report> {
        let mut reports = Vec::new();
        let state = self.state(up);
        if state != std::mem::replace(&mut self.reported_state, state) {
            let place = [i64::from(state), i64::from(self.lac), self.cell.cast_signed(), i64::from(self.act)];
            reports.push((Source::Net, numbers(&[&[EVENT_REGISTRATION][..], &place].concat())));
        }
        let registered = self.is_registered(up);
        for (profile, context) in (1..).zip(&mut self.contexts) {
            let is_up = context.wanted && registered;
            if is_up != std::mem::replace(&mut context.reported, is_up) {
                reports.push((Source::DataCall, numbers(&[profile, i64::from(is_up), 0])));
                context.wanted &= registered || context.auto_connect;
            }
        }
        reports
    }
}

/// `event_id` of a change of registration. No documentation tells its number.
const EVENT_REGISTRATION: i64 = 0;

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Duration = Duration::from_secs(9);

    /// Profile 1 is dialled.
    fn wishes() -> [Wishes; PROFILES] {
        let mut wishes = [Wishes::default(); PROFILES];
        wishes[0].auto_activate = 1;
        wishes
    }

    fn board() -> Cellular {
        let mut cellular = Cellular::new(&Description::default());
        cellular.power_on(&wishes());
        cellular
    }

    #[test]
    fn a_board_is_dialled_at_power_on() {
        let mut cellular = board();
        assert!(cellular.is_up(0, NOW) && cellular.is_online(NOW));
        assert!(!cellular.is_up(1, NOW));
        assert_eq!(cellular.settle(NOW), []);
    }

    #[test]
    fn flight_mode_takes_contexts_down_and_only_auto_connect_brings_them_back() {
        let down = (Source::DataCall, numbers(&[1, 0, 0]));
        for (auto_connect, back) in [(false, false), (true, true)] {
            let mut cellular = board();
            cellular.contexts[0].auto_connect = auto_connect;
            cellular.set_function(Function::Flight, NOW);
            assert!(cellular.settle(NOW).contains(&down));
            assert!(!cellular.is_online(NOW));
            cellular.set_function(Function::Full, NOW);
            let reports = cellular.settle(NOW);
            assert_eq!(reports.contains(&(Source::DataCall, numbers(&[1, 1, 0]))), back);
            assert_eq!(cellular.is_up(0, NOW), back);
        }
    }

    #[test]
    fn registration_takes_its_time_and_a_card() {
        let mut description = Description::default();
        description.network.seconds_to_register = 5.0;
        let mut cellular = Cellular::new(&description);
        cellular.power_on(&wishes());
        let (before, after) = (Duration::from_secs(4), Duration::from_secs(5));
        assert_eq!((cellular.state(before), cellular.state(after)), (2, 1));
        assert_eq!(cellular.registers_in(before), Some(Duration::from_secs(1)));
        assert!(!cellular.activate(1, before) && cellular.activate(1, after));
        assert_eq!(cellular.insert(None, after), (Source::Sim, Value::Int(2)));
        assert_eq!(cellular.state(after), 0);
    }
}
