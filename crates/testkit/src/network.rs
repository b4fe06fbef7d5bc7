//! The network of a test: the lab, started when it is first needed, with what the test has changed in it.

use quecpy_lab::Lab;
use quecpy_net::{Beyond, Route, Transport};
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

/// The network of one worker.
#[derive(Debug, Default)]
pub struct Network {
    lab: Mutex<Option<Arc<Lab>>>,
}

impl Network {
    fn lab(&self) -> Option<Arc<Lab>> {
        let mut lab = self.lab.lock().unwrap_or_else(PoisonError::into_inner);
        if lab.is_none() {
            *lab = Lab::start().ok();
        }
        lab.clone()
    }
}

impl Beyond for Network {
    fn name(&self, host: &str) -> Option<IpAddr> {
        self.lab()?.name(host)
    }

    fn route(&self, transport: Transport, to: SocketAddr) -> Route {
        self.lab().map_or(Route::Offline, |lab| lab.route(transport, to))
    }
}

/// Does what the Python half asks for.
///
/// # Errors
/// ValueError for what does not exist.
pub fn act(what: &str, _argument: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    Err(vm.new_value_error(format!("there is no network.{what}")))
}
