//! The board: a scan for access points.

use super::Board;
use crate::event::{Source, Value};

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
