//! Sleep: wake locks, power saving mode (PSM), eDRX. Nothing here slows a script down; it is kept, told and observed.

/// More wake locks than this a module does not give (the module contract, system, pm).
const MOST_LOCKS: usize = 32;

/// A wake lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WakeLock {
    /// The name that it was made with.
    pub name: String,
    /// Whether it keeps the module awake.
    pub held: bool,
}

/// Timers of PSM as 3GPP TS 24.008 codes them: units of three bits, values of five.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Psm {
    /// Whether it is used.
    pub enabled: bool,
    /// The unit of the TAU timer (3GPP TS 24.008, GPRS timer 3).
    pub tau_unit: u8,
    /// The value of the TAU timer.
    pub tau: u8,
    /// The unit of the active timer (GPRS timer 2).
    pub act_unit: u8,
    /// The value of the active timer.
    pub act: u8,
}

impl Psm {
    /// `None` if a unit or a value does not fit its bits.
    #[must_use]
    pub fn of(tau_unit: i64, tau: i64, act_unit: i64, act: i64) -> Option<Self> {
        let part = |n: i64, most: u8| u8::try_from(n).ok().filter(|n| *n <= most);
        Some(Self {
            enabled: true,
            tau_unit: part(tau_unit, 7)?,
            tau: part(tau, 31)?,
            act_unit: part(act_unit, 7)?,
            act: part(act, 31)?,
        })
    }
}

/// Extended discontinuous reception: mode, access technology and cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edrx {
    /// Off, on, and so on, as AT+CEDRXS has it.
    pub mode: u8,
    /// The access technology, as AT+CEDRXS has it.
    pub act: u8,
    /// The requested value, as AT+CEDRXS has it.
    pub time: u8,
}

impl Edrx {
    /// `None` for what no module takes: modes 0 to 3, technologies 0 to 5, cycles of four bits.
    #[must_use]
    pub fn of(mode: i64, act: i64, time: i64) -> Option<Self> {
        let part = |n: i64, most: u8| u8::try_from(n).ok().filter(|n| *n <= most);
        Some(Self { mode: part(mode, 3)?, act: part(act, 5)?, time: part(time, 15)? })
    }
}

/// What a script has said about sleep.
#[derive(Debug, Default)]
pub struct LowPower {
    /// By number, from 1; deleted ones leave a gap that is used again.
    locks: Vec<Option<WakeLock>>,
    /// Whether the module sleeps when nothing keeps it awake.
    pub autosleep: bool,
    /// Power saving mode.
    pub psm: Psm,
    /// Extended discontinuous reception.
    pub edrx: Edrx,
}

impl LowPower {
    /// A new lock's number, from 1; `None` if there are too many.
    pub fn create(&mut self, name: String) -> Option<usize> {
        let lock = Some(WakeLock { name, held: false });
        if let Some(gap) = self.locks.iter().position(Option::is_none) {
            self.locks[gap] = lock;
            return Some(gap + 1);
        }
        if self.locks.len() == MOST_LOCKS {
            return None;
        }
        self.locks.push(lock);
        Some(self.locks.len())
    }

    fn slot(&mut self, number: i64) -> Option<&mut Option<WakeLock>> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.locks.get_mut(index).filter(|slot| slot.is_some())
    }

    /// False if there is no such lock.
    pub fn delete(&mut self, number: i64) -> bool {
        self.slot(number).is_some_and(|slot| slot.take().is_some())
    }

    /// Takes a lock or lets it go; false if there is no such lock.
    pub fn hold(&mut self, number: i64, held: bool) -> bool {
        self.slot(number).and_then(Option::as_mut).is_some_and(|lock| {
            lock.held = held;
            true
        })
    }

    /// Locks that exist.
    pub fn locks(&self) -> impl Iterator<Item = &WakeLock> {
        self.locks.iter().flatten()
    }

    /// Whether the module would sleep: a script allows it and no lock is held.
    #[must_use]
    pub fn may_sleep(&self) -> bool {
        self.autosleep && !self.locks().any(|lock| lock.held)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_lock_keeps_the_module_awake() {
        let mut power = LowPower::default();
        assert!(!power.may_sleep());
        power.autosleep = true;
        let (a, b) = (power.create("a".into()).unwrap(), power.create("b".into()).unwrap());
        assert_eq!((a, b), (1, 2));
        assert!(power.hold(1, true) && !power.may_sleep());
        assert!(power.hold(1, false) && power.may_sleep());
        assert!(power.delete(1) && !power.delete(1) && !power.hold(1, true));
        assert_eq!(power.create("c".into()), Some(1));
        for wrong in [0, -1, 3, i64::MAX, i64::MIN] {
            assert!(!power.delete(wrong));
        }
        assert_eq!((3..=40).filter_map(|_| power.create("x".into())).last(), Some(32));
    }

    #[test]
    fn timers_fit_their_bits() {
        assert!(Psm::of(7, 31, 7, 31).is_some() && Psm::of(8, 0, 0, 0).is_none() && Psm::of(0, 0, 0, -1).is_none());
        assert!(Edrx::of(1, 5, 15).is_some() && Edrx::of(1, 5, 16).is_none());
    }
}
