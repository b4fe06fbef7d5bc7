//! Voice calls: one at a time, without sound. The other side is the board file's, or whoever drives the board.

use crate::event::Value;
use crate::time::Plan;
use std::collections::BTreeMap;

/// How far a call is, as `AT+CLCC` counts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Both parties talk.
    Active = 0,
    /// The number is being dialled.
    Dialling = 2,
    /// The other party's telephone rings.
    Alerting = 3,
    /// Somebody calls the module.
    Incoming = 4,
    /// It is over.
    Ended = 6,
}

/// A call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Its number in lists of calls.
    pub id: i64,
    /// The other party's number.
    pub number: String,
    /// Whether the other party has called.
    pub incoming: bool,
    /// How far it has come.
    pub stage: Stage,
}

/// Why a call ended: "normal call clearing" of 3GPP TS 24.008.
pub const NORMAL: i64 = 16;
/// Access technology whose calls are VoLTE calls.
pub(crate) const LTE: u8 = 7;
/// Kinds of numbers (TS 24.008): international, or unknown.
const INTERNATIONAL: i64 = 145;
const UNKNOWN: i64 = 129;

/// Calls of one board.
#[derive(Debug)]
pub struct Calls {
    pub(crate) current: Option<Call>,
    last: i64,
    /// Seconds after which an incoming call is answered; 0 never.
    pub auto_answer: u8,
    /// Whether incoming calls are refused.
    pub auto_cancel: bool,
    /// 0 to 11
    pub volume: u8,
    /// 0 handset, 1 headset, 2 loudspeaker.
    pub channel: u8,
    /// Forwarding by its reason: mode and number.
    pub forwarding: BTreeMap<u8, (u8, String)>,
    /// Tones that have been sent.
    pub tones: String,
    /// Whether tones of the other side are told.
    pub detects_tones: bool,
    /// Whether the event of dialling is a number instead of a tuple.
    pub plain_dialling: bool,
    /// An answer to come.
    pub(crate) planned: Option<Plan>,
}

impl Default for Calls {
    fn default() -> Self {
        Self {
            current: None,
            last: 0,
            auto_answer: 0,
            auto_cancel: false,
            volume: 7,
            channel: 0,
            forwarding: BTreeMap::new(),
            tones: String::new(),
            detects_tones: false,
            plain_dialling: false,
            planned: None,
        }
    }
}

impl Calls {
    /// The call that is going on.
    #[must_use]
    pub fn current(&self) -> Option<&Call> {
        self.current.as_ref()
    }

    /// A new call; `None` while there is another.
    pub(crate) fn begin(&mut self, number: &str, incoming: bool) -> Option<Call> {
        if self.current.is_some() {
            return None;
        }
        self.last += 1;
        let stage = if incoming { Stage::Incoming } else { Stage::Dialling };
        let call = Call { id: self.last, number: number.to_owned(), incoming, stage };
        self.current = Some(call.clone());
        Some(call)
    }

    /// The call goes from one of some stages to another; `None` if it is at none of them.
    pub(crate) fn pass(&mut self, from: &[Stage], to: Stage) -> Option<Call> {
        let call = self.current.as_mut().filter(|call| from.contains(&call.stage))?;
        call.stage = to;
        let call = call.clone();
        if to == Stage::Ended {
            self.current = None;
        }
        if to != Stage::Alerting {
            self.planned = None;
        }
        Some(call)
    }
}

/// An event's number in a network with circuits, and in one with VoLTE (the module contract, network, voiceCall).
fn numbers(stage: Stage) -> (Option<i64>, i64) {
    match stage {
        Stage::Incoming => (Some(2), 10),
        Stage::Active => (Some(3), 11),
        Stage::Ended => (Some(4), 12),
        Stage::Dialling => (Some(7), 14),
        Stage::Alerting => (None, 15),
    }
}

/// What the callback gets; `None` where this network has no such event.
pub(crate) fn event(call: &Call, volte: bool, plain_dialling: bool) -> Option<Value> {
    let (circuit, packet) = numbers(call.stage);
    let number = Value::from(call.number.as_str());
    if volte {
        let kind = if call.number.starts_with('+') { INTERNATIONAL } else { UNKNOWN };
        let parts = [packet, call.id, i64::from(call.incoming), call.stage as i64, 0, 0].map(Value::Int);
        return Some(Value::Tuple([&parts[..], &[number, Value::Int(kind)]].concat()));
    }
    let circuit = Value::Int(circuit?);
    Some(match call.stage {
        Stage::Dialling if plain_dialling => circuit,
        Stage::Dialling => Value::Tuple(vec![circuit]),
        Stage::Ended => Value::Tuple(vec![circuit, call.id.into(), NORMAL.into()]),
        _ => Value::Tuple(vec![circuit, call.id.into(), number]),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::testing::{board, described};
    use crate::{Board, Description};

    fn first(value: &Value) -> i64 {
        match value {
            Value::Tuple(parts) => first(&parts[0]),
            Value::Int(n) => *n,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn an_incoming_call_is_answered_and_ended() {
        let (board, events) = board();
        assert!(!board.answer() && !board.hang_up());
        assert_eq!(board.ring("+8613900000000"), Some(1));
        assert_eq!(board.ring("2"), None, "the line is taken");
        assert!(board.answer() && !board.answer() && board.send_tones("12#"));
        assert!(board.hang_up() && !board.send_tones("1"));
        let told: Vec<_> = events.try_iter().map(|e| e.argument).collect();
        assert_eq!(told.iter().map(first).collect::<Vec<_>>(), [10, 11, 12]);
        let ring = [10, 1, 1, 4, 0, 0].map(Value::Int);
        assert_eq!(told[0], Value::Tuple([&ring[..], &["+8613900000000".into(), 145.into()]].concat()));
        assert_eq!(board.services.calls.lock().tones, "12#");
    }

    #[test]
    fn an_outgoing_call_in_a_network_with_circuits() {
        let mut description = Description::default();
        description.network.act = 0;
        let (board, events) = described(description);
        assert!(board.dial("10086") && !board.dial("10010") && board.hang_up());
        assert!(!board.dial("abc"));
        let told: Vec<_> = events.try_iter().map(|e| e.argument).collect();
        let tuple = |n: &[i64]| n.iter().copied().map(Value::Int).collect::<Vec<_>>();
        let connected = [&tuple(&[3, 1])[..], &["10086".into()]].concat();
        assert_eq!(told, [tuple(&[7]), connected, tuple(&[4, 1, 16])].map(Value::Tuple));
    }

    #[test]
    fn a_call_that_nobody_answers_goes_on_ringing_until_somebody_does() {
        let mut description = Description::default();
        description.voice.answers = false;
        let (board, events) = described(description);
        assert!(board.dial("10086"));
        assert_eq!(events.try_iter().map(|e| first(&e.argument)).collect::<Vec<_>>(), [14, 15]);
        assert!(board.be_answered());
        assert_eq!(first(&events.recv().unwrap().argument), 11);
    }

    #[test]
    fn calls_are_answered_or_refused_by_themselves() {
        let (board, events) = board();
        board.services.calls.lock().auto_cancel = true;
        assert!(board.ring("1").is_some());
        assert_eq!(events.try_iter().map(|e| first(&e.argument)).collect::<Vec<_>>(), [10, 12]);
        board.services.calls.lock().auto_cancel = false;
        assert!(board.ring("1").is_some());
        board.plan_call(0.001, Board::answer);
        assert_eq!([first(&events.recv().unwrap().argument), first(&events.recv().unwrap().argument)], [10, 11]);
    }
}
