//! The network of a test: the lab, started when it is first needed, with what the test has changed in it.

use crate::board::octets;
use crate::convert;
use crate::native::Kit;
use crate::server::{Answer, Server, Talk};
use parking_lot::{Mutex, MutexGuard};
use quecpy_lab::{Engine, Lab};
use quecpy_net::{Route, Traffic, Transport, Upstream};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// What a test has changed.
#[derive(Debug, Default)]
struct Changes {
    /// Addresses of names; none: there is no such name.
    names: HashMap<String, Option<IpAddr>>,
    /// No name is answered.
    dns_fails: bool,
    /// Nobody listens anywhere.
    refuse: bool,
    servers: Vec<Option<Scripted>>,
}

/// A server of the test, and under which address a script reaches it; no address: under every one.
#[derive(Debug, Clone)]
struct Scripted {
    address: Option<IpAddr>,
    port: u16,
    server: Arc<Server>,
}

/// The network of one worker.
#[derive(Debug, Default)]
pub struct Network {
    lab: Mutex<Option<Arc<Lab>>>,
    /// Serves the test's own servers.
    engine: Mutex<Option<Arc<Engine>>>,
    changes: Mutex<Changes>,
}

impl Network {
    fn lab(&self) -> Option<Arc<Lab>> {
        let mut lab = self.lab.lock();
        if lab.is_none() {
            *lab = Lab::start().ok();
        }
        lab.clone()
    }

    fn engine(&self) -> std::io::Result<Arc<Engine>> {
        let mut engine = self.engine.lock();
        if let Some(engine) = &*engine {
            return Ok(engine.clone());
        }
        let (fresh, ()) = Engine::start("test servers", |_, _| Ok(()))?;
        Ok(engine.insert(Arc::new(fresh)).clone())
    }

    fn changes(&self) -> MutexGuard<'_, Changes> {
        self.changes.lock()
    }

    fn server(&self, number: &Value) -> Result<Arc<Server>, String> {
        let number = number.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX);
        let changes = self.changes();
        let found = changes.servers.get(number).cloned().flatten();
        found.map(|s| s.server).ok_or_else(|| "the server is closed".to_owned())
    }

    /// As it was before the test.
    fn reset(&self) {
        let servers = std::mem::take(&mut *self.changes()).servers;
        for scripted in servers.into_iter().flatten() {
            scripted.server.close();
        }
    }

    fn serve(&self, argument: &Value) -> Result<Value, String> {
        let host = argument["host"].as_str();
        let port = argument["port"].as_u64().and_then(|p| u16::try_from(p).ok()).ok_or("a port is 1 to 65535")?;
        let address = match host {
            None => None,
            Some(host) => {
                Some(host.parse().ok().or_else(|| self.name(host)).ok_or_else(|| format!("bad name {host}"))?)
            }
        };
        let talk = talk(argument)?;
        let server = self.engine().and_then(|engine| Server::start(&engine, talk));
        let server = server.map_err(|e| format!("cannot start the server: {e}"))?;
        let mut changes = self.changes();
        changes.servers.push(Some(Scripted { address, port, server }));
        Ok(json!(changes.servers.len() - 1))
    }

    fn perform(&self, what: &str, argument: &Value) -> Result<Value, String> {
        match what {
            "reset" => self.reset(),
            "serve" => return self.serve(argument),
            "told" => {
                // What was just sent has been heard.
                self.settle();
                return Ok(self.server(argument)?.told());
            }
            "say" => return Ok(json!(self.server(&argument["server"])?.say(&bytes(&argument["data"])))),
            "publish" => {
                let topic = argument["topic"].as_str().unwrap_or_default();
                let server = self.server(&argument["server"])?;
                return Ok(json!(server.publish(topic, &bytes(&argument["data"]))));
            }
            "drop" => {
                let reset = argument["reset"].as_bool().unwrap_or(false);
                self.server(&argument["server"])?.drop_connections(reset);
            }
            "close" => {
                self.server(argument)?.close();
                let number = argument.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                self.changes().servers[number] = None;
            }
            "reset_all" => {
                let servers: Vec<_> = self.changes().servers.iter().flatten().cloned().collect();
                for scripted in servers {
                    scripted.server.drop_connections(true);
                }
            }
            "name" => {
                let host = argument["host"].as_str().unwrap_or_default().to_lowercase();
                let address = match argument["address"].as_str() {
                    None => None,
                    Some(text) => Some(text.parse().map_err(|_| format!("{text} is no address"))?),
                };
                self.changes().names.insert(host, address);
            }
            "dns_fails" => self.changes().dns_fails = argument.as_bool().unwrap_or(false),
            "refuse" => self.changes().refuse = argument.as_bool().unwrap_or(false),
            _ => return Err(format!("there is no network.{what}")),
        }
        Ok(Value::Null)
    }
}

fn bytes(value: &Value) -> Vec<u8> {
    value.as_array().map(|numbers| octets(numbers)).unwrap_or_default()
}

fn talk(argument: &Value) -> Result<Talk, String> {
    Ok(match argument["talk"].as_str().unwrap_or_default() {
        "bytes" => Talk::Bytes {
            greeting: bytes(&argument["greeting"]),
            replies: argument["replies"].as_array().map(|all| all.iter().map(bytes).collect()).unwrap_or_default(),
            hang_up: argument["hang_up"].as_bool().unwrap_or(false),
        },
        "echo" => Talk::Echo,
        "http" => {
            let pages = argument["pages"].as_object().cloned().unwrap_or_default();
            Talk::Http(pages.into_iter().map(|(path, page)| (path, answer(&page))).collect())
        }
        "mqtt" => Talk::Mqtt,
        other => return Err(format!("there are no servers for {other}")),
    })
}

fn answer(page: &Value) -> Answer {
    let headers = page["headers"].as_object().cloned().unwrap_or_default();
    Answer {
        status: page["status"].as_u64().and_then(|s| u16::try_from(s).ok()).unwrap_or(200),
        headers: headers.into_iter().map(|(k, v)| (k, v.as_str().unwrap_or_default().to_owned())).collect(),
        body: bytes(&page["body"]),
    }
}

impl Upstream for Network {
    fn name(&self, host: &str) -> Option<IpAddr> {
        let changes = self.changes();
        if changes.dns_fails {
            return None;
        }
        if let Some(known) = changes.names.get(&host.trim_end_matches('.').to_lowercase()) {
            return *known;
        }
        drop(changes);
        self.lab()?.name(host)
    }

    fn route(&self, transport: Transport, to: SocketAddr) -> Route {
        let changes = self.changes();
        if changes.refuse {
            return Route::Refuse;
        }
        let served = |s: &&Scripted| s.port == to.port() && s.address.is_none_or(|a| a == to.ip());
        // The latest counts.
        if transport == Transport::Tcp
            && let Some(scripted) = changes.servers.iter().rev().flatten().find(served)
        {
            return Route::To(scripted.server.real);
        }
        drop(changes);
        self.lab().map_or(Route::Offline, |lab| lab.route(transport, to))
    }

    fn settle(&self) -> bool {
        let engine = self.engine.lock().clone();
        if let Some(engine) = engine {
            engine.settle();
        }
        let lab = self.lab.lock().clone();
        lab.is_none_or(|lab| lab.settle())
    }
}

/// Does what the Python half asks for.
///
/// # Errors
/// ValueError for what does not exist or does not fit.
pub fn act(what: &str, argument: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let argument = argument.map_or(Ok(Value::Null), |a| convert::to_json(&a, vm))?;
    let kit = Kit::of(vm)?;
    let (network, time) = (kit.network.clone(), kit.board.time.clone());
    let done = vm.allow_threads(|| network.perform(what, &argument));
    // Servers may have said something, or hung up.
    time.traffic(Traffic::Served);
    convert::to_python(&done.map_err(|text| vm.new_value_error(text))?, vm)
}
