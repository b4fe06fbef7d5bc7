//! Host names to addresses: what the user said (`--resolve`), then the lab, then the host's DNS.

use crate::background::{Background, Patience};
use crate::errno;
use crate::error::{Error, Result};
use crate::upstream::{Link, Upstream};
use crate::wait::Waiters;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

/// One `--resolve HOST[:PORT]:ADDRESS[:PORT]`: connections to HOST (at PORT, or any) go to ADDRESS (at PORT, or the
/// same).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The name that is answered.
    pub host: String,
    /// The port that it holds for; none: all.
    pub port: Option<u16>,
    /// The address that is answered.
    pub address: IpAddr,
    /// The port that is connected to instead; none: the same.
    pub to_port: Option<u16>,
}

impl std::str::FromStr for Override {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Self, String> {
        let fail = || {
            format!(
                "'{text}': expected HOST[:PORT]:ADDRESS[:PORT], e.g. www.example.com:127.0.0.1 or www.example.com:80:[::1]:8080"
            )
        };
        let (host, rest) = text.split_once(':').ok_or_else(fail)?;
        if host.is_empty() {
            return Err(fail());
        }
        let (port, rest) = match rest.split_once(':') {
            Some((digits, after)) if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                (Some(digits.parse().map_err(|_| fail())?), after)
            }
            _ => (None, rest),
        };
        let (address, to_port) = split_address(rest).ok_or_else(fail)?;
        Ok(Self { host: host.to_ascii_lowercase(), port, address, to_port })
    }
}

/// `1.2.3.4`, `1.2.3.4:80`, `::1`, `[::1]` or `[::1]:80`.
fn split_address(text: &str) -> Option<(IpAddr, Option<u16>)> {
    if let Ok(address) = text.parse() {
        return Some((address, None));
    }
    if let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
        return Some((IpAddr::V6(inner.parse().ok()?), None));
    }
    let with_port: SocketAddr = text.parse().ok()?;
    Some((with_port.ip(), Some(with_port.port())))
}

/// Looks names up.
pub struct Resolver {
    overrides: Vec<Override>,
    upstream: Option<Arc<dyn Upstream>>,
    link: Option<Link>,
}

impl std::fmt::Debug for Resolver {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Resolver").field("overrides", &self.overrides).finish_non_exhaustive()
    }
}

impl Resolver {
    pub(crate) fn new(overrides: Vec<Override>, upstream: Option<Arc<dyn Upstream>>, link: Option<Link>) -> Self {
        Self { overrides, upstream, link }
    }

    /// All addresses of `host`, IPv4 first, without duplicates, each with the port to use there.
    /// `''` is 0.0.0.0; a numeric host asks nobody; the port may be redirected by `--resolve`.
    ///
    /// # Errors
    /// `NameNotFound`, `Interrupted`.
    pub fn resolve(&self, host: &str, port: u16, waiters: &Waiters) -> Result<Vec<SocketAddr>> {
        self.resolve_within(Patience::ENDLESS, host, port, waiters)
    }

    /// [`Resolver::resolve`], `CLOSED` or `TIMED_OUT` when patience ends.
    pub(crate) fn resolve_within(
        &self,
        patience: Patience<'_>,
        host: &str,
        port: u16,
        waiters: &Waiters,
    ) -> Result<Vec<SocketAddr>> {
        if host.is_empty() {
            return Ok(vec![SocketAddr::from((Ipv4Addr::UNSPECIFIED, port))]);
        }
        let found: Vec<_> = self
            .overrides
            .iter()
            .filter(|o| o.host.eq_ignore_ascii_case(host) && o.port.is_none_or(|p| p == port))
            .map(|o| SocketAddr::new(o.address, o.to_port.unwrap_or(port)))
            .collect();
        if !found.is_empty() {
            return Ok(found);
        }
        if let Some(ip) = literal(host) {
            return Ok(vec![SocketAddr::new(ip, port)]);
        }
        if host.eq_ignore_ascii_case("localhost") {
            return Ok(vec![SocketAddr::from((Ipv4Addr::LOCALHOST, port))]);
        }
        let is_down = self.link.as_ref().is_some_and(|is_up| !is_up());
        if is_down || host.contains('\0') {
            return Err(Error::NameNotFound);
        }
        if let Some(upstream) = &self.upstream {
            let ip = upstream.name(host).ok_or(Error::NameNotFound)?;
            return Ok(vec![SocketAddr::new(ip, port)]);
        }
        dns(host, port, patience, waiters)
    }
}

/// An address given as digits, with or without the brackets of a URL.
pub fn literal(host: &str) -> Option<IpAddr> {
    let bare = host.strip_prefix('[').and_then(|h| h.strip_suffix(']')).unwrap_or(host);
    bare.parse().ok()
}

/// Asks the host's resolver, on a thread of its own: the call cannot be broken, but the wait for it can.
fn dns(host: &str, port: u16, patience: Patience<'_>, waiters: &Waiters) -> Result<Vec<SocketAddr>> {
    let asked = host.to_owned();
    let ask = move || (asked.as_str(), port).to_socket_addrs().map(Iterator::collect);
    // The host's resolver reads what the host's configuration names, and asks services at sockets.
    let work = Background::begin_outside("dns", ask).map_err(|_| Error::Errno(errno::ENOMEM))?;
    let found: std::io::Result<Vec<SocketAddr>> = work.wait_within(patience, waiters)?;
    let found = found.unwrap_or_default();
    let (mut all, v6): (Vec<_>, Vec<_>) = found.into_iter().partition(SocketAddr::is_ipv4);
    all.extend(v6);
    let mut seen = std::collections::HashSet::new();
    all.retain(|a| seen.insert(*a));
    if all.is_empty() { Err(Error::NameNotFound) } else { Ok(all) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Override {
        text.parse().expect(text)
    }

    #[test]
    fn resolve_option_in_all_its_forms() {
        let o = parse("a.b:1.2.3.4");
        assert_eq!((o.host.as_str(), o.port, o.to_port), ("a.b", None, None));
        let o = parse("a.b:80:1.2.3.4");
        assert_eq!((o.port, o.to_port), (Some(80), None));
        let o = parse("A.b:80:1.2.3.4:8080");
        assert_eq!((o.host.as_str(), o.port, o.to_port), ("a.b", Some(80), Some(8080)));
        let o = parse("a.b:1.2.3.4:8080");
        assert_eq!((o.port, o.to_port), (None, Some(8080)));
        let o = parse("a.b:443:[::1]:8443");
        assert_eq!((o.address, o.to_port), ("::1".parse().expect("literal"), Some(8443)));
        let o = parse("a.b:::1");
        assert_eq!(o.address, "::1".parse::<IpAddr>().expect("literal"));
    }

    #[test]
    fn a_bad_resolve_option_says_what_is_expected() {
        for bad in ["", "a.b", "a.b:", ":1.2.3.4", "a.b:99999:1.2.3.4", "a.b:80:nowhere", "a.b:1.2.3.4:http"] {
            let e = bad.parse::<Override>().expect_err(bad);
            assert!(e.contains("HOST[:PORT]:ADDRESS[:PORT]"), "{bad}: {e}");
        }
    }

    #[test]
    fn overrides_and_literals_ask_nobody() {
        let r = Resolver::new(vec![parse("a.b:80:1.2.3.4:8080"), parse("a.b:::1")], None, None);
        let w = Waiters::default();
        let text = |host, port| -> Vec<String> {
            r.resolve(host, port, &w).expect(host).iter().map(ToString::to_string).collect()
        };
        assert_eq!(text("A.B", 80), ["1.2.3.4:8080", "[::1]:80"]);
        assert_eq!(text("a.b", 81), ["[::1]:81"]);
        assert_eq!(text("9.8.7.6", 5), ["9.8.7.6:5"]);
        assert_eq!(text("", 5), ["0.0.0.0:5"]);
        assert_eq!(text("localhost", 5), ["127.0.0.1:5"]);
        assert_eq!(r.resolve("a\0b", 5, &w), Err(Error::NameNotFound));
    }
}
