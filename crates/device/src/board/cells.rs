//! What the radio sees: signal strength, the serving cell and its neighbours, in the forms that `net` returns.

use crate::board::Board;
use crate::board_file::{Cell, Signal};
use crate::event::{Value, numbers};

/// Unknown values of `net.getSignal()`: RSSI, error rate and LTE's levels, and all others.
const UNKNOWN: i64 = 99;
const UNKNOWN_QUALITY: i64 = 255;
/// Access technology "none".
const NO_ACCESS: i64 = 10;
/// Registration state of circuit-switched voice in LTE: emergency calls only.
const VOICE_STATE: i64 = 11;

/// How a cell's country and network code are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// The digits of 460 read as 0x460, which is 1120: modules with ASR chips.
    Hexadecimal,
    /// The digits of 460 as 460.
    Decimal,
}

impl Code {
    fn number(self, digits: &str) -> i64 {
        let radix = if self == Self::Hexadecimal { 16 } else { 10 };
        i64::from_str_radix(digits, radix).unwrap_or(-1)
    }
}

fn list(all: &[i64]) -> Value {
    Value::List(all.iter().copied().map(Value::Int).collect())
}

impl Board {
    /// Signal quality 0 to 31; 99 without a card.
    #[must_use]
    pub fn csq(&self) -> i64 {
        self.radio(|radio, _| {
            let ready = radio.sim.is_ready() && radio.function() as i64 == 1;
            if ready { i64::from(radio.signal.csq) } else { UNKNOWN }
        })
    }

    /// Registration: `([state, lac, cid, act, reject, psc], ...)` of voice and of data.
    #[must_use]
    pub fn registration(&self) -> Value {
        let state = self.radio(|radio, up| radio.state(up));
        let network = &self.description.network;
        if !matches!(state, 1 | 5) {
            let idle = list(&[i64::from(state), 0, 0, NO_ACCESS, 0, 0]);
            return Value::Tuple(vec![idle.clone(), idle]);
        }
        let (lac, cell, act) = (i64::from(network.lac), network.cell.cast_signed(), i64::from(network.act));
        Value::Tuple(vec![
            list(&[VOICE_STATE, lac, cell, act, 0, i64::from(network.pci)]),
            list(&[i64::from(state), lac, cell, act, 0, 0]),
        ])
    }

    fn strength(&self) -> Signal {
        self.radio(|radio, _| radio.signal.clone())
    }

    pub(crate) fn is_registered(&self) -> bool {
        self.radio(|radio, up| radio.is_registered(up))
    }

    /// `([rssi, ber, rscp, ecno], [rssi, rsrp, rsrq, cqi, sinr])`
    #[must_use]
    pub fn signal(&self) -> (Vec<i64>, Vec<i64>) {
        let signal = self.strength();
        let lte = if self.is_registered() {
            let cqi = i64::from(signal.cqi);
            vec![signal.rssi.into(), signal.rsrp.into(), signal.rsrq.into(), cqi, signal.sinr.into()]
        } else {
            vec![UNKNOWN, UNKNOWN, UNKNOWN_QUALITY, UNKNOWN_QUALITY, UNKNOWN_QUALITY]
        };
        (vec![UNKNOWN, UNKNOWN, UNKNOWN_QUALITY, UNKNOWN_QUALITY], lte)
    }

    /// The serving cell, then its neighbours; nothing while the radio is off.
    fn cells(&self) -> Vec<Cell> {
        let (network, signal) = (&self.description.network, self.strength());
        if !self.is_registered() {
            return Vec::new();
        }
        let (cell, pci, lac, earfcn) = (network.cell, network.pci, network.lac, network.earfcn);
        let serving = Cell { cell, pci, lac, earfcn, rssi: signal.rssi, rsrq: signal.rsrq };
        std::iter::once(serving).chain(self.description.neighbour_cell.clone()).collect()
    }

    /// `(gsm, umts, lte)`: lists of cells; all of them are LTE's, `(flag, cid, mcc, mnc, pci, tac, earfcn, rssi,
    /// rsrq)`.
    #[must_use]
    pub fn cell_info(&self, code: Code) -> Value {
        let network = &self.description.network;
        let (mcc, mnc) = (code.number(&network.mcc), code.number(&network.mnc));
        let row = |(i, c): (usize, &Cell)| {
            let place = [c.pci.into(), c.lac.into(), c.earfcn.into(), c.rssi.into(), c.rsrq.into()];
            numbers(&[&[i64::from(i > 0), c.cell.cast_signed(), mcc, mnc][..], &place].concat())
        };
        let lte = self.cells().iter().enumerate().map(row).collect();
        Value::Tuple(vec![Value::List(vec![]), Value::List(vec![]), Value::List(lte)])
    }

    /// `[(act, cid, tac, pci, earfcn, rsrp, rsrq, sinr)]`, the serving cell as generation 3 tells it.
    #[must_use]
    pub fn serving_cell(&self) -> Value {
        if !self.is_registered() {
            return Value::List(vec![]);
        }
        let (n, s) = (&self.description.network, self.strength());
        let place = [n.act.into(), n.cell.cast_signed(), n.lac.into(), n.pci.into(), n.earfcn.into()];
        Value::List(vec![numbers(&[&place[..], &[s.rsrp.into(), s.rsrq.into(), s.sinr.into()]].concat())])
    }

    /// One number of every cell, the serving one first.
    #[must_use]
    pub fn of_each_cell(&self, which: Which, code: Code) -> Vec<i64> {
        let network = &self.description.network;
        let pick = |c: &Cell| match which {
            Which::Cell => c.cell.cast_signed(),
            Which::Mnc => code.number(&network.mnc),
            Which::Mcc => code.number(&network.mcc),
            Which::Lac => c.lac.into(),
        };
        self.cells().iter().map(pick).collect()
    }
}

/// A number of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The cell's identity.
    Cell,
    /// The mobile network's code.
    Mnc,
    /// The mobile country's code.
    Mcc,
    /// The location or tracking area.
    Lac,
}
