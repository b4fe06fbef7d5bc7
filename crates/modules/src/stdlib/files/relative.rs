//! Why a relative path failed: a module's current folder is the root at power-on, while its files are in `/usr`. One line on
//! standard error says so, beside the exception that a script gets.

use crate::bridge::session;
use quecpy_device::Error;
use quecpy_device::flash::path;
use quecpy_usocket::{Environment, place_of_caller};
use rustpython_vm::VirtualMachine;

/// Says it, if that is why `call(path)` failed with `error`.
pub(crate) fn explain(call: &str, path: &str, error: &Error, vm: &VirtualMachine) {
    if path.starts_with('/') || path.split('/').any(|part| part == ".." || !path::is_plain(part)) {
        return;
    }
    let (Ok(board), Ok(environment)) = (session::of(vm), Environment::of(vm)) else { return };
    if board.flash.cwd() != "/" {
        return;
    }
    let meant = format!("/usr/{}", path::normalise("/", path).join("/"));
    let why = match error {
        Error::NotFound if board.flash.stat(&meant).is_ok() => "has no such file",
        Error::ReadOnly => "is read-only",
        _ => return,
    };
    let place = place_of_caller(vm).map(|place| format!("{place}: ")).unwrap_or_default();
    environment.stack.notice(&format!(
        "{place}{call}({path:?}): the current folder is / at power-on, as on a module, and {why}; a script's files are \
         in /usr: {meant:?}"
    ));
}
