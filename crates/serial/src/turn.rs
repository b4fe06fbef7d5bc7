//! One answer of a port while it is being made: bytes gather until an action must come behind them.

use crate::Action;

#[derive(Default)]
pub(crate) struct Turn {
    pub wire: Vec<u8>,
    actions: Vec<Action>,
}

impl Turn {
    pub fn act(&mut self, action: Action) {
        self.flush();
        self.actions.push(action);
    }

    /// Several interrupts at once are one.
    pub fn interrupt(&mut self) {
        if !self.wire.is_empty() || self.actions.last() != Some(&Action::Interrupt) {
            self.act(Action::Interrupt);
        }
    }

    pub fn actions(mut self) -> Vec<Action> {
        self.flush();
        self.actions
    }

    fn flush(&mut self) {
        if !self.wire.is_empty() {
            self.actions.push(Action::Send(std::mem::take(&mut self.wire)));
        }
    }
}
