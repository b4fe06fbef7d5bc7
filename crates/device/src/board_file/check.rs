//! Reading a board file: every value is looked at before it is taken, and what is wrong is told with its line.

use super::description::Description;
use super::fields::{FIELDS, Takes, named};
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::net::{Ipv4Addr, Ipv6Addr};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

/// How much of a wrong value is shown.
const SHOWN: usize = 40;

impl Description {
    /// A board file.
    ///
    /// # Errors
    /// What is wrong with it first, and in which line.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file = File(text);
        let table = DeTable::parse(text).map_err(|e| file.failed(&e))?;
        file.table("", table.get_ref())?;
        Self::deserialize(Deserializer::from(table)).map_err(|e| file.failed(&e))
    }
}

/// Whether a number can stand at `path`, as `signal.csq`.
///
/// # Errors
/// What was expected.
pub fn number(path: &str, n: i64) -> Result<(), String> {
    let field = named(path).ok_or_else(|| format!("there is no {path}"))?;
    match field.takes {
        Takes::Int(ranges) if !within(ranges, n) => Err(format!("{path} = {n}: expected {}", spoken(ranges))),
        _ => Ok(()),
    }
}

fn within(ranges: &[(i64, i64)], n: i64) -> bool {
    ranges.iter().any(|(low, high)| (*low..=*high).contains(&n))
}

/// `0 to 31, or 99`
fn spoken(ranges: &[(i64, i64)]) -> String {
    let one = |(low, high): &(i64, i64)| if low == high { low.to_string() } else { format!("{low} to {high}") };
    ranges.iter().map(one).collect::<Vec<_>>().join(", or ")
}

struct File<'t>(&'t str);

impl File<'_> {
    fn line(&self, at: usize) -> usize {
        1 + self.0.as_bytes().iter().take(at).filter(|b| **b == b'\n').count()
    }

    /// What the parser says, in one line.
    fn failed(&self, e: &toml::de::Error) -> String {
        let what = e.message().replace('\n', "; ");
        match e.span() {
            Some(span) => format!("line {}: {what}", self.line(span.start)),
            None => what,
        }
    }

    fn table(&self, path: &str, table: &DeTable<'_>) -> Result<(), String> {
        for (key, value) in table {
            let name = key.get_ref();
            let path = if path.is_empty() { name.to_string() } else { format!("{path}.{name}") };
            if let Some(field) = named(&path) {
                self.value(&path, field.takes, value)?;
            } else if !names(&path).is_empty() {
                self.below(&path, value)?;
            } else {
                return Err(self.unknown(&path, key.span().start));
            }
        }
        Ok(())
    }

    fn unknown(&self, path: &str, at: usize) -> String {
        let (above, here) = match path.rsplit_once('.') {
            Some((above, _)) => (above, format!("[{above}]")),
            None => ("", "a board file".to_owned()),
        };
        let known = names(above).into_iter().collect::<Vec<_>>().join(", ");
        format!("line {}: there is no {path}; {here} has {known}", self.line(at))
    }

    /// A table within a table, or several of them.
    fn below(&self, path: &str, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
        match value.get_ref() {
            DeValue::Table(table) => self.table(path, table),
            DeValue::Array(tables) => {
                let mut seen = BTreeSet::new();
                for each in tables {
                    let DeValue::Table(table) = each.get_ref() else {
                        return Err(self.wrong(path, each, format!("a table [[{path}]]")));
                    };
                    self.table(path, table)?;
                    // Two entries of a phone book cannot have one place.
                    if let Some(index) = table.get("index").and_then(|index| integer(index.get_ref()))
                        && !seen.insert(index)
                    {
                        return Err(self.wrong(&format!("{path}.index"), each, "another number: this one is taken"));
                    }
                }
                Ok(())
            }
            _ => Err(self.wrong(path, value, format!("a table [{path}]"))),
        }
    }

    fn wrong(&self, path: &str, value: &Spanned<DeValue<'_>>, expected: impl Display) -> String {
        let span = value.span();
        let line = self.line(span.start);
        let shown = self.0.get(span).unwrap_or_default().lines().next().unwrap_or_default();
        let end = shown.char_indices().nth(SHOWN).map_or(shown.len(), |(at, _)| at);
        let more = if end < shown.len() { "..." } else { "" };
        format!("line {line}: {path} = {}{more}: expected {expected}", &shown[..end])
    }

    fn value(&self, path: &str, takes: Takes, value: &Spanned<DeValue<'_>>) -> Result<(), String> {
        match expected(takes, value.get_ref()) {
            Ok(()) => Ok(()),
            Err(expected) => Err(self.wrong(path, value, expected)),
        }
    }
}

/// The names that stand directly below `path`.
fn names(path: &str) -> BTreeSet<&'static str> {
    let below = |field: &'static super::fields::Field| {
        let rest = if path.is_empty() { field.path } else { field.path.strip_prefix(path)?.strip_prefix('.')? };
        rest.split('.').next()
    };
    FIELDS.iter().filter_map(below).collect()
}

fn integer(value: &DeValue<'_>) -> Option<i64> {
    let n = value.as_integer()?;
    i64::from_str_radix(n.as_str(), n.radix()).ok()
}

fn real(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Float(n) => n.as_str().parse().ok(),
        #[expect(clippy::cast_precision_loss, reason = "all ranges are small")]
        _ => integer(value).map(|n| n as f64),
    }
}

fn text<'v>(value: &'v DeValue<'_>) -> &'v str {
    value.as_str().unwrap_or("\0")
}

fn is_digits(text: &str, low: usize, high: usize) -> bool {
    (low..=high).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_mac(text: &str) -> bool {
    let pair = |pair: &str| pair.len() == 2 && pair.bytes().all(|b| b.is_ascii_hexdigit());
    text.split(':').count() == 6 && text.split(':').all(pair)
}

/// An address that one interface can have.
fn is_v4(text: &str) -> bool {
    let fits = |a: Ipv4Addr| !(a.is_unspecified() || a.is_loopback() || a.is_multicast() || a.is_broadcast());
    text.parse().is_ok_and(fits)
}

fn is_v6(text: &str) -> bool {
    let fits = |a: Ipv6Addr| !(a.is_unspecified() || a.is_loopback() || a.is_multicast());
    text.parse().is_ok_and(fits)
}

fn is_array(value: &DeValue<'_>, count: usize, fits: impl Fn(&DeValue<'_>) -> bool) -> bool {
    value.as_array().is_some_and(|all| all.len() == count && all.iter().all(|each| fits(each.get_ref())))
}

fn is_wires(value: &DeValue<'_>, low: i64, high: i64) -> bool {
    let ends = |wire: &DeValue<'_>| {
        let all = wire.as_array().map(|all| all.iter().map(|end| integer(end.get_ref())).collect::<Vec<_>>());
        matches!(all.as_deref(), Some(&[Some(a), Some(b)]) if a != b && within(&[(low, high)], a) && within(&[(low, high)], b))
    };
    value.as_array().is_some_and(|all| all.iter().all(|wire| ends(wire.get_ref())))
}

/// Whether a value fits; if not, what would.
fn expected(takes: Takes, value: &DeValue<'_>) -> Result<(), String> {
    let (fits, expected) = match takes {
        Takes::Int(ranges) => (integer(value).is_some_and(|n| within(ranges, n)), spoken(ranges)),
        Takes::Real(low, high) => (real(value).is_some_and(|n| (low..=high).contains(&n)), format!("{low} to {high}")),
        Takes::Truth => (value.is_bool(), "true or false".to_owned()),
        Takes::Text(most) => {
            let fits = text(value).chars().count() <= most && !text(value).chars().any(char::is_control);
            (fits, format!("text of {most} characters at most"))
        }
        Takes::Digits(low, high) if low == high => {
            (is_digits(text(value), low, high), format!("{low} digits in quotes"))
        }
        Takes::Digits(low, high) => (is_digits(text(value), low, high), format!("{low} to {high} digits in quotes")),
        Takes::Hex(n) => {
            let fits = text(value).len() == n && text(value).bytes().all(|b| b.is_ascii_hexdigit());
            (fits, format!("{n} digits in quotes"))
        }
        Takes::Phone(most) => {
            let digits = text(value).strip_prefix('+').unwrap_or(text(value));
            let fits = text(value).is_empty() || is_digits(digits, 1, most);
            (fits, format!("a telephone number of {most} digits at most, in quotes"))
        }
        Takes::Mac => (is_mac(text(value)), "six pairs of hexadecimal digits, as \"34:CE:00:09:E5:A8\"".to_owned()),
        Takes::V4 => (is_v4(text(value)), "the IPv4 address of an interface, as \"10.73.21.6\"".to_owned()),
        Takes::V6 => (is_v6(text(value)), "the IPv6 address of an interface, as \"2408:8000::6\"".to_owned()),
        Takes::V4s(n) => {
            (is_array(value, n, |each| text(each).parse::<Ipv4Addr>().is_ok()), format!("{n} IPv4 addresses"))
        }
        Takes::V6s(n) => {
            (is_array(value, n, |each| text(each).parse::<Ipv6Addr>().is_ok()), format!("{n} IPv6 addresses"))
        }
        Takes::Ints(n, low, high) => {
            let fits = is_array(value, n, |each| integer(each).is_some_and(|i| within(&[(low, high)], i)));
            (fits, format!("{n} numbers from {low} to {high}"))
        }
        Takes::Wires(low, high) => (
            is_wires(value, low, high),
            format!("pairs of different GPIO numbers from {low} to {high}, as [[1, 2], [3, 4]]"),
        ),
    };
    if fits { Ok(()) } else { Err(expected) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is_refused(text: &str, expected: &str) {
        assert_eq!(Description::parse(text).expect_err(text), expected);
    }

    #[test]
    fn every_value_is_checked_and_told_with_its_line() {
        is_refused("[signal]\ncsq = 50", "line 2: signal.csq = 50: expected 0 to 31, or 99");
        is_refused("[signal]\ncsq = 300", "line 2: signal.csq = 300: expected 0 to 31, or 99");
        is_refused("[signal]\ncsq = 'good'", "line 2: signal.csq = 'good': expected 0 to 31, or 99");
        is_refused("# a\n\n[network]\nlac = 1\nstate = 77", "line 5: network.state = 77: expected 0 to 11");
        is_refused("network.state = -1", "line 1: network.state = -1: expected 0 to 11");
        is_refused(
            "[[access_point]]\nmac = \"zz\"\nrssi = -1",
            "line 2: access_point.mac = \"zz\": expected six pairs of hexadecimal digits, as \"34:CE:00:09:E5:A8\"",
        );
        is_refused("[identity]\nimei = '12'", "line 2: identity.imei = '12': expected 15 digits in quotes");
        is_refused("[sim]\npin = 1234", "line 2: sim.pin = 1234: expected 4 to 8 digits in quotes");
        is_refused("[position]\nlatitude = 91", "line 2: position.latitude = 91: expected -90 to 90");
        is_refused("[position]\nlatitude = nan", "line 2: position.latitude = nan: expected -90 to 90");
        is_refused(
            "[network]\nseconds_to_register = -1.0",
            "line 2: network.seconds_to_register = -1.0: expected 0 to 86400",
        );
        is_refused(
            "[data_call]\naddress = '127.0.0.1'",
            "line 2: data_call.address = '127.0.0.1': expected the IPv4 address of an interface, as \"10.73.21.6\"",
        );
        is_refused(
            "[pins]\nwires = [[1, 2], [3, 3]]",
            "line 2: pins.wires = [[1, 2], [3, 3]]: expected pairs of different GPIO numbers from 0 to 47, as [[1, 2], [3, 4]]",
        );
        is_refused(
            "[power]\nadc_millivolts = [1, 2, 3]",
            "line 2: power.adc_millivolts = [1, 2, 3]: expected 4 numbers from 0 to 6000",
        );
        let long = format!("[sim]\nphone = '{}'", "1".repeat(60));
        let shown = format!("'{}...", "1".repeat(39));
        is_refused(
            &long,
            &format!("line 2: sim.phone = {shown}: expected a telephone number of 20 digits at most, in quotes"),
        );
    }

    #[test]
    fn unknown_names_are_told_with_the_known_ones() {
        is_refused(
            "[signal]\ncqs = 5",
            "line 2: there is no signal.cqs; [signal] has cqi, csq, rsrp, rsrq, rssi, sinr",
        );
        let unknown = Description::parse("[signl]\ncsq = 5").expect_err("unknown");
        assert!(
            unknown.starts_with("line 1: there is no signl; a board file has access_point, data_call, "),
            "{unknown}"
        );
        is_refused("signal = 5", "line 1: signal = 5: expected a table [signal]");
        is_refused("access_point = [1]", "line 1: access_point = 1: expected a table [[access_point]]");
    }

    #[test]
    fn what_the_parser_finds_is_one_line_too() {
        for text in ["[sim", "x = ", "[sim]\ninserted = true\ninserted = true", "[[access_point]]\nrssi = -1", "a\0"] {
            let told = Description::parse(text).expect_err(text);
            assert!(told.starts_with("line ") && !told.contains('\n'), "{text:?}: {told:?}");
        }
    }

    #[test]
    fn a_phone_book_has_one_entry_a_place() {
        let contact = "[[sim.contact]]\nindex = 1\nname = 'Ada'\nnumber = '+123'\n";
        assert!(Description::parse(contact).is_ok());
        let told = Description::parse(&contact.repeat(2)).expect_err("twice");
        assert!(told.contains("sim.contact.index") && told.contains("taken"), "{told}");
    }

    #[test]
    fn numbers_by_themselves() {
        assert_eq!(number("signal.csq", 99), Ok(()));
        assert_eq!(number("signal.csq", 32), Err("signal.csq = 32: expected 0 to 31, or 99".into()));
        assert_eq!(number("signal.noise", 1), Err("there is no signal.noise".into()));
    }
}
