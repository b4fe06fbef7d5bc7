//! The Wi-Fi scan: which access points a module hears. It cannot join any.

use crate::board::Board;
use crate::event::{Source, Value};

/// How a scan is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Seconds
    pub timeout: u8,
    pub rounds: u8,
    /// Access points that are told at most.
    pub most: u8,
    /// 0: the radio prefers LTE, 1: the scan.
    pub priority: u8,
}

/// The scan of one board.
#[derive(Debug)]
pub struct Wifi {
    pub enabled: bool,
    pub settings: Settings,
}

impl Default for Wifi {
    fn default() -> Self {
        Self { enabled: false, settings: Settings { timeout: 5, rounds: 1, most: 10, priority: 0 } }
    }
}

impl Board {
    /// `(count, [(address, signal), ...])`, the strongest first; `None` while the scan is off.
    #[must_use]
    pub fn scan_wifi(&self) -> Option<Value> {
        let most = {
            let wifi = self.services.wifi.lock();
            wifi.enabled.then_some(wifi.settings.most)?
        };
        let mut found: Vec<_> = self.description.access_point.0.iter().collect();
        found.sort_by_key(|point| -point.rssi);
        found.truncate(most.into());
        let count = Value::Int(i64::try_from(found.len()).unwrap_or(0));
        let row = |mac: &str, rssi: i32| Value::Tuple(vec![mac.into(), i64::from(rssi).into()]);
        let rows = found.into_iter().map(|point| row(&point.mac, point.rssi)).collect();
        Some(Value::Tuple(vec![count, Value::List(rows)]))
    }

    /// The same, told to the script's callback. False while the scan is off.
    pub fn scan_wifi_later(&self) -> bool {
        let found = self.scan_wifi();
        found.map(|found| self.events.send(Source::WifiScan, found)).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::testing::board;

    #[test]
    fn the_strongest_are_told_first_and_no_more_than_asked_for() {
        let (board, events) = board();
        assert_eq!(board.scan_wifi(), None);
        board.services.wifi.lock().enabled = true;
        board.services.wifi.lock().settings.most = 1;
        assert!(board.scan_wifi_later());
        let Value::Tuple(parts) = events.recv().unwrap().argument else { panic!() };
        let strongest = Value::Tuple(vec!["34:CE:00:09:E5:A8".into(), (-38).into()]);
        assert_eq!(parts, [1.into(), Value::List(vec![strongest])]);
    }
}
