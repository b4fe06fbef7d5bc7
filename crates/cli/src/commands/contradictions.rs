//! Options that cannot both be followed.

use crate::args::Module;
use crate::wires::Where;
use quecpy_runtime::serial::{Attachment, End};
use std::collections::HashMap;
use std::hash::Hash;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Fails with one line about the first two that contradict each other. `places` are those of the main serial port.
///
/// # Errors
/// Those two.
pub fn check(module: &Module, places: &[Where]) -> Result<(), String> {
    let uarts = || module.uart.iter().map(|uart| (uart.uart, format!("--uart {}", spelt(uart))));
    once("the module has one serial port of that number", uarts())?;
    let forwards = || module.forward.iter().map(|f| (f, format!("--forward {}:{}", f.host_port, f.module_port)));
    once(
        "a port of the module is reached at one port of the computer",
        forwards().map(|(f, said)| (f.module_port, said)),
    )?;
    let ports = forwards().map(|(f, said)| (f.host_port, said));
    let wires = module.uart.iter().filter_map(|uart| Some((tcp(&uart.end)?.port(), format!("--uart {}", spelt(uart)))));
    let main = places.iter().filter_map(|place| match place {
        Where::Tcp(address) => Some((address.port(), format!("--listen {address}"))),
        Where::Terminal(_) => None,
    });
    let fixed = ports.chain(wires).chain(main).filter(|(port, _)| *port != 0);
    once("both would have that port of the computer", fixed)?;
    let links = module.uart.iter().filter_map(|uart| Some((link(&uart.end)?, format!("--uart {}", spelt(uart)))));
    let main = places.iter().filter_map(|place| match place {
        Where::Terminal(Some(link)) => Some((link, format!("--pty={}", link.display()))),
        _ => None,
    });
    once("both would have that link", links.chain(main))
}

fn tcp(end: &End) -> Option<&SocketAddr> {
    if let End::Tcp(address) = end { Some(address) } else { None }
}

fn link(end: &End) -> Option<&PathBuf> {
    if let End::Terminal(link) = end { link.as_ref() } else { None }
}

fn spelt(uart: &Attachment) -> String {
    let end = match &uart.end {
        End::Terminal(None) => "pty".to_owned(),
        End::Terminal(Some(link)) => format!("pty={}", link.display()),
        End::Tcp(address) => format!("tcp={address}"),
        End::Loop => "loop".to_owned(),
    };
    format!("{}:{end}", uart.uart)
}

/// Each key may come once.
fn once<K: Eq + Hash>(why: &str, all: impl Iterator<Item = (K, String)>) -> Result<(), String> {
    let mut seen = HashMap::new();
    for (key, said) in all {
        if let Some(before) = seen.insert(key, said.clone()) {
            return Err(format!("{before} and {said}: {why}"));
        }
    }
    Ok(())
}
