//! Every name has an address: the lab's whole domain name system, without the protocol (that is in `dns`).

use parking_lot::Mutex;
use std::collections::HashMap;
use std::net::Ipv4Addr;

/// RFC 2544 set 198.18.0.0/15 aside for tests of network devices: no server lives there, yet it looks public.
const FIRST: u32 = u32::from_be_bytes([198, 18, 0, 1]);
const LAST: u32 = u32::from_be_bytes([198, 19, 255, 254]);
/// RFC 1035 2.3.4: 255 octets on the wire, which are 253 characters of text; 63 in a label.
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

/// The names that were asked for, each with its address, handed out in order.
#[derive(Debug, Default)]
pub struct Names {
    addresses: Mutex<HashMap<String, Ipv4Addr>>,
}

impl Names {
    /// The address of `host`; the same for as long as the lab lives. `None` for a name that does not exist, and when
    /// all addresses are taken.
    pub fn address(&self, host: &str) -> Option<Ipv4Addr> {
        let host = canonical(host)?;
        if is_below(&host, "localhost") {
            return Some(Ipv4Addr::LOCALHOST);
        }
        let mut addresses = self.addresses.lock();
        if let Some(known) = addresses.get(&host) {
            return Some(*known);
        }
        let next = u32::try_from(addresses.len()).ok().and_then(|taken| FIRST.checked_add(taken));
        let address = Ipv4Addr::from(next.filter(|next| *next <= LAST)?);
        addresses.insert(host, address);
        Some(address)
    }
}

/// Whether there is such a name.
pub fn exists(host: &str) -> bool {
    canonical(host).is_some()
}

/// The one form of a name: lower case, without the dot at the end. `None` for what is no host name (RFC 1123 2.1, with
/// the underscore that many use), what ends in digits like an address (RFC 3696 2), and what is below `.invalid`
/// (RFC 6761 6.4).
fn canonical(host: &str) -> Option<String> {
    let host = host.strip_suffix('.').unwrap_or(host);
    let sound = host.len() <= LONGEST_NAME && host.split('.').all(is_label);
    let last = host.rsplit('.').next().unwrap_or(host);
    let host = host.to_ascii_lowercase();
    let exists = sound && !last.bytes().all(|b| b.is_ascii_digit()) && !is_below(&host, "invalid");
    exists.then_some(host)
}

fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether `host` is `domain` or lies below it; both in canonical form.
fn is_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_has_an_address_of_its_own_that_stays() {
        let names = Names::default();
        let first = names.address("www.example.com");
        assert_eq!(first, Some(Ipv4Addr::new(198, 18, 0, 1)));
        assert_eq!(names.address("other.example.com"), Some(Ipv4Addr::new(198, 18, 0, 2)));
        assert_eq!(names.address("WWW.Example.COM."), first, "neither case nor the dot at the end makes a name");
        assert_eq!(names.address("intranet"), Some(Ipv4Addr::new(198, 18, 0, 3)));
        assert_eq!(names.address("a.localhost"), Some(Ipv4Addr::LOCALHOST));
    }

    #[test]
    fn names_that_do_not_exist() {
        let names = Names::default();
        let long_label = format!("{}.com", "a".repeat(64));
        let long_name = ["a".repeat(63), "b".repeat(63), "c".repeat(63), "d".repeat(63)].join(".");
        let none =
            ["", ".", "a..b", ".a", "a..", "a b", "a\n", "-a.com", "a-.com", "ä.com", "a/b", "1.2.3", "256.1.1.1"];
        for host in none.into_iter().chain(["invalid", "x.invalid", "X.INVALID.", &long_label, &long_name]) {
            assert_eq!(names.address(host), None, "{host:?}");
            assert!(!exists(host), "{host:?}");
        }
        for host in
            ["notinvalid", "invalid.com", "_mqtt._tcp.example.com", "4pda.ru", "xn--fiq228c.cn", &long_name[..253]]
        {
            assert!(exists(host), "{host:?}");
        }
    }

    #[test]
    fn when_all_addresses_are_taken_there_is_none() {
        let names = Names::default();
        let count = LAST - FIRST + 1;
        for i in 0..count {
            assert!(names.address(&format!("n{i}.example")).is_some(), "{i}");
        }
        assert_eq!(names.address("one.too.many"), None);
        assert_eq!(names.address("n0.example"), Some(Ipv4Addr::from(FIRST)));
    }
}
