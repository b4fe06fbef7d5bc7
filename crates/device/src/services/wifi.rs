//! The Wi-Fi scan: which access points a module hears. It cannot join any.

/// How a scan is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// Seconds
    pub timeout: u8,
    /// How many times each channel is looked at.
    pub rounds: u8,
    /// Access points that are told at most.
    pub most: u8,
    /// 0: the radio prefers LTE, 1: the scan.
    pub priority: u8,
}

/// The scan of one board.
#[derive(Debug)]
pub struct Wifi {
    /// Whether scanning is allowed.
    pub enabled: bool,
    /// How to scan.
    pub settings: Settings,
}

impl Default for Wifi {
    fn default() -> Self {
        Self { enabled: false, settings: Settings { timeout: 5, rounds: 1, most: 10, priority: 0 } }
    }
}

#[cfg(test)]
mod tests {
    use crate::event::Value;
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
