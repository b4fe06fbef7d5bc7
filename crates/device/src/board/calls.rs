//! The board: voice calls that begin, are answered and end, and what the script hears of them.

use super::Board;
use crate::event::Source;
use crate::services::calls::{Call, LTE, Stage, event};
use std::time::Duration;

impl Board {
    fn tell(&self, call: &Call) {
        let volte = self.description.network.act == LTE;
        let plain_dialling = self.services.calls.lock().plain_dialling;
        if let Some(argument) = event(call, volte, plain_dialling) {
            self.events.send(Source::VoiceCall, argument);
        }
    }

    fn pass_call(&self, from: &[Stage], to: Stage) -> bool {
        let call = self.services.calls.lock().pass(from, to);
        call.inspect(|call| self.tell(call)).is_some()
    }

    /// Lets the call's next step come by itself.
    pub(crate) fn plan_call(&self, seconds: f64, step: fn(&Self) -> bool) {
        let board = self.weak();
        let job = move || {
            if let Some(board) = board.upgrade() {
                step(&board);
            }
        };
        let plan = self.time.after(Duration::try_from_secs_f64(seconds).unwrap_or_default(), job);
        self.services.calls.lock().planned = Some(plan);
    }

    /// Somebody calls the module. Returns the call's number; `None` without network, or when the line is taken.
    pub fn ring(&self, number: &str) -> Option<i64> {
        if !self.is_registered() {
            return None;
        }
        let (call, answer, cancel) = {
            let mut calls = self.services.calls.lock();
            (calls.begin(number, true)?, calls.auto_answer, calls.auto_cancel)
        };
        self.tell(&call);
        if cancel {
            self.hang_up();
        } else if answer > 0 {
            self.plan_call(answer.into(), Self::answer);
        }
        Some(call.id)
    }

    /// The module calls somebody, who answers as the board file says. False without network, or when the line is
    /// taken.
    pub fn dial(&self, number: &str) -> bool {
        let dialable = number.chars().any(|c| c.is_ascii_digit()) && self.is_registered();
        let call = if dialable { self.services.calls.lock().begin(number, false) } else { None };
        let Some(call) = call else { return false };
        self.tell(&call);
        self.pass_call(&[Stage::Dialling], Stage::Alerting);
        let voice = &self.description.voice;
        if voice.answers && voice.seconds_to_answer == 0.0 {
            self.be_answered();
        } else if voice.answers {
            self.plan_call(voice.seconds_to_answer, Self::be_answered);
        }
        true
    }

    /// The module takes an incoming call.
    pub fn answer(&self) -> bool {
        self.pass_call(&[Stage::Incoming], Stage::Active)
    }

    /// The other side takes the module's call.
    pub fn be_answered(&self) -> bool {
        self.pass_call(&[Stage::Dialling, Stage::Alerting], Stage::Active)
    }

    /// Either side ends the call, whatever its stage. False if there is none.
    pub fn hang_up(&self) -> bool {
        self.pass_call(&[Stage::Active, Stage::Dialling, Stage::Alerting, Stage::Incoming], Stage::Ended)
    }

    /// The module sends tones into the call.
    pub fn send_tones(&self, tones: &str) -> bool {
        let mut calls = self.services.calls.lock();
        let active = calls.current.as_ref().is_some_and(|call| call.stage == Stage::Active);
        if active {
            calls.tones.push_str(tones);
        }
        active
    }

    /// The other side presses a key.
    pub fn receive_tone(&self, key: &str) {
        let calls = self.services.calls.lock();
        let told = calls.detects_tones && calls.current.is_some();
        drop(calls);
        if told {
            self.events.send(Source::Tone, key.into());
        }
    }
}
