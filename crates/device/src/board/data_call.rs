//! Data calls as the old start API and the new activate API show them, and the files in which a module keeps its wishes.

use crate::board::Board;
use crate::event::Value;
use crate::radio::cellular::{Definition, PROFILES};
use crate::radio::wishes::Wishes;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::time::Duration;

/// Where a script's wishes for the next power-on are kept (the module contract, network, dataCall).
const CONFIG: &str = "/usr/datacall_config.json";
const USER_APN: &str = "/usr/user_apn.json";
const SYSTEM: &str = "/usr/system_config.json";
/// Contexts that have an entry in it.
const CONFIGURABLE: usize = 3;
/// How long a dial waits for registration.
const PATIENCE: Duration = Duration::from_secs(60);

/// `/usr/user_apn.json`
#[derive(Debug, Serialize, Deserialize)]
struct UserApn {
    pdp: String,
    iptype: String,
    apn: String,
    user: String,
    password: String,
    authtype: String,
}

/// The file is there, but is not what it should be.
#[derive(Debug, PartialEq, Eq)]
pub struct Malformed;

/// Which of the two wishes is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Activate at power-on.
    Activate,
    /// Connect again when the network has ended it.
    Connect,
}

type Config = BTreeMap<String, Wishes>;

impl Board {
    fn config(&self) -> Result<Option<Config>, Malformed> {
        match self.flash.read(CONFIG) {
            Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|_| Malformed),
            Err(_) => Ok(None),
        }
    }

    /// What power-on dials: profile 1, unless the files of the flash say otherwise.
    pub(crate) fn wishes(&self) -> [Wishes; PROFILES] {
        let mut wishes = [Wishes::default(); PROFILES];
        let config = self.config().ok().flatten();
        match &config {
            Some(config) => {
                for (i, wish) in wishes.iter_mut().enumerate() {
                    *wish = config.get(&(i + 1).to_string()).copied().unwrap_or_default();
                }
            }
            None => wishes[0] = Wishes { auto_activate: u8::from(self.dials_at_boot()), auto_connect: 1 },
        }
        wishes
    }

    fn dials_at_boot(&self) -> bool {
        let system = self.flash.read(SYSTEM).ok();
        let system = system.and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok());
        let forbidden = system.is_some_and(|s| s.get("datacallFlag").and_then(serde_json::Value::as_i64) == Some(0));
        self.description.data_call.dial_at_boot && !forbidden
    }

    /// Remembers a wish for the next power-on. Profiles count from 0.
    ///
    /// # Errors
    /// [`Malformed`], when the file has become something else.
    pub fn wish(&self, wish: Wish, profile: usize, on: bool) -> Result<bool, Malformed> {
        let mut config =
            self.config()?.unwrap_or_else(|| (1..=CONFIGURABLE).map(|p| (p.to_string(), Wishes::default())).collect());
        let entry = config.entry((profile + 1).to_string()).or_default();
        match wish {
            Wish::Activate => entry.auto_activate = u8::from(on),
            Wish::Connect => {
                entry.auto_connect = u8::from(on);
                self.radio(|radio, _| {
                    if let Some(context) = radio.contexts.get_mut(profile) {
                        context.auto_connect = on;
                    }
                });
            }
        }
        let text = serde_json::to_vec(&config).unwrap_or_default();
        Ok(self.flash.write(CONFIG, &text).is_ok())
    }

    /// Keeps a context's definition for the next power-on, as the old API does: numbers are written as texts.
    ///
    /// # Errors
    /// Those of the flash.
    pub fn write_user_apn(&self, profile: usize, definition: &Definition) -> crate::flash::Result<()> {
        let d = definition;
        let file = UserApn {
            pdp: (profile + 1).to_string(),
            iptype: d.ip_type.to_string(),
            apn: d.apn.clone(),
            user: d.user.clone(),
            password: d.password.clone(),
            authtype: d.auth.to_string(),
        };
        self.flash.write(USER_APN, &serde_json::to_vec(&file).unwrap_or_default())
    }

    /// What [`Board::write_user_apn`] kept; a file that is something else is passed over.
    pub(crate) fn restore_user_apn(&self) {
        let file = self.flash.read(USER_APN).ok().and_then(|b| serde_json::from_slice::<UserApn>(&b).ok());
        let Some(UserApn { pdp, iptype, apn, user, password, authtype }) = file else { return };
        let (Ok(pdp), Ok(ip_type), Ok(auth)) = (pdp.parse::<usize>(), iptype.parse(), authtype.parse()) else { return };
        let definition = Definition { ip_type, apn, user, password, auth };
        self.radio(|radio, _| {
            if let Some(context) = pdp.checked_sub(1).and_then(|i| radio.contexts.get_mut(i)) {
                context.definition = definition;
            }
        });
    }

    /// `(mac, mask, gateway)` of IPv4, `(mac, gateway)` of IPv6, a list of both.
    #[must_use]
    pub fn address_info(&self, profile: usize, ip_type: u8) -> Value {
        if !self.radio(|radio, up| radio.is_up(profile, up)) {
            return Value::List(["00-00-00-00-00-00", "0.0.0.0", "0.0.0.0"].map(Value::from).to_vec());
        }
        let [a, b, c, d] = self.address(profile).octets();
        // A point-to-point link has no MAC of its own: locally administered, made of the address.
        let mac = Value::Text(format!("02-00-{a:02X}-{b:02X}-{c:02X}-{d:02X}"));
        let gateway = Value::Text(Ipv4Addr::new(a, b, c, 1).to_string());
        let v4 = Value::Tuple(vec![mac.clone(), Value::from("255.255.255.0"), gateway]);
        let v6 = Value::Tuple(vec![mac, Value::from("fe80::1")]);
        match ip_type {
            0 => v4,
            1 => v6,
            _ => Value::List(vec![v4, v6]),
        }
    }

    /// How long a dial takes from now, if it can succeed: first registration, then the dial itself.
    #[must_use]
    pub fn time_to_dial(&self, profile: usize) -> Option<Duration> {
        let dial = Duration::from_secs_f64(self.description.data_call.seconds_to_dial);
        self.radio(|radio, up| {
            if radio.is_up(profile, up) {
                return Some(Duration::ZERO);
            }
            let registration = match radio.registers_in(up) {
                Some(wait) => wait,
                None if radio.is_registered(up) => Duration::ZERO,
                None => return None,
            };
            (registration <= PATIENCE).then_some(registration + dial)
        })
    }

    /// `dataCall.getInfo`: state and addresses of a context, of `ip_type` 0 (IPv4), 1 (IPv6) or 2 (both).
    #[must_use]
    pub fn data_call(&self, profile: usize, ip_type: u8) -> Value {
        let (is_up, kind, dns) = self.radio(|radio, up| {
            let context = radio.contexts.get(profile);
            let kind = context.map_or(0, |c| c.definition.ip_type);
            (radio.is_up(profile, up), kind, context.and_then(|c| c.dns.clone()))
        });
        let network = &self.description.data_call;
        let [dns1, dns2] = dns.unwrap_or_else(|| network.dns.map(|d| d.to_string()));
        let v4 = (is_up && kind != 1).then(|| [self.address(profile).to_string(), dns1, dns2]);
        let [dns1, dns2] = network.dns_v6.map(|d| d.to_string());
        let address = network.address_v6.filter(|_| is_up && kind != 0);
        let v6 = address.map(|a| [a.to_string(), dns1, dns2]);
        let v4 = family(v4, "0.0.0.0");
        let v6 = family(v6, "::");
        let head = [Value::Int(i64::try_from(profile + 1).unwrap_or(0)), Value::Int(ip_type.into())];
        let tail = match ip_type {
            0 => vec![v4],
            1 => vec![v6],
            _ => vec![v4, v6],
        };
        Value::Tuple(head.into_iter().chain(tail).collect())
    }
}

/// `[state, reconnect, address, dns, dns]`
fn family(addresses: Option<[String; 3]>, none: &str) -> Value {
    let state = i64::from(addresses.is_some());
    let addresses = addresses.unwrap_or_else(|| [none, none, none].map(str::to_owned));
    let head = [Value::Int(state), Value::Int(0)];
    Value::List(head.into_iter().chain(addresses.map(Value::Text)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board_file::Description;
    use crate::flash::Storage;

    #[test]
    fn wishes_hold_at_the_next_power_on() {
        let folder = tempfile::tempdir().unwrap();
        let board = Board::new(Description::default(), folder.path().into(), Storage::Ephemeral).unwrap();
        assert!(board.is_online());
        assert_eq!(board.wish(Wish::Activate, 0, false), Ok(true));
        assert_eq!(board.wish(Wish::Activate, 1, true), Ok(true));
        board.restart();
        let state = |profile| match board.data_call(profile, 0) {
            Value::Tuple(parts) => parts[2].clone(),
            other => other,
        };
        assert_eq!(state(0), family(None, "0.0.0.0"));
        let second = ["10.73.21.7", "58.242.2.2", "218.104.78.2"].map(str::to_owned);
        assert_eq!(state(1), family(Some(second), "0.0.0.0"));
        board.flash.write(CONFIG, b"[").unwrap();
        assert_eq!(board.wish(Wish::Connect, 0, true), Err(Malformed));
        board.flash.remove(CONFIG).unwrap();
        board.flash.write(SYSTEM, br#"{"replFlag": 0, "datacallFlag": 0}"#).unwrap();
        board.restart();
        assert!(!board.is_online());
    }
}
