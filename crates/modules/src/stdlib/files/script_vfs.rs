//! File systems of a script's own: objects that `uos.mount` takes which are neither a partition nor a card. A path at or below
//! the mount point goes to the object's methods in the form in which MicroPython's VFS passes it (extmod/vfs.c), so that `mpremote
//! mount` and drivers written for MicroPython work. `uos`, [`crate::stdlib::files::file::open`] and `import` ask here before the flash.

use crate::bridge::error::{flash_error, os_error};
use crate::bridge::mount_table::Mounted;
use crate::bridge::session;
use quecpy_device::Kind;
use quecpy_net::errno;
use quecpy_usocket::text;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyByteArray, PyStr};
use rustpython_vm::function::IntoFuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

/// Bytes that are read from a script's file at once.
const CHUNK: usize = 4096;
/// The bit of a folder in `stat`.
const FOLDER: u32 = 0x4000;

/// A path in a script's file system.
#[derive(Debug)]
pub(crate) struct Place {
    mounted: Mounted,
    path: String,
}

impl Place {
    /// Calls a method of the file system with this path.
    pub fn ask(&self, method: &'static str, vm: &VirtualMachine) -> PyResult {
        self.call(method, (text::of_host(&self.path, vm),), vm)
    }

    pub fn open(&self, mode: &str, vm: &VirtualMachine) -> PyResult {
        self.call("open", (text::of_host(&self.path, vm), mode.to_owned()), vm)
    }

    pub fn rename(&self, to: Option<&Self>, vm: &VirtualMachine) -> PyResult {
        match to {
            Some(to) if to.mounted.object.is(&self.mounted.object) => {
                self.call("rename", (text::of_host(&self.path, vm), text::of_host(&to.path, vm)), vm)
            }
            _ => Err(other_device(vm)),
        }
    }

    fn call(&self, method: &'static str, args: impl IntoFuncArgs, vm: &VirtualMachine) -> PyResult {
        vm.call_method(&self.mounted.object, method, args)
    }
}

/// What a rename from one file system into another raises.
pub(crate) fn other_device(vm: &VirtualMachine) -> PyBaseExceptionRef {
    os_error(errno::EPERM, vm)
}

/// What follows a mount point, if the path leads there.
fn below<'a>(at: &str, path: &'a str) -> Option<&'a str> {
    match path.strip_prefix(at)? {
        "" => Some("/"),
        rest => rest.starts_with('/').then_some(rest),
    }
}

/// The place of a path, or none: it is the flash's.
pub(crate) fn find(path: &str, vm: &VirtualMachine) -> PyResult<Option<Place>> {
    let handle = session::handle(vm)?;
    let state = handle.mounted.state();
    if state.mounted.is_empty() {
        return Ok(None);
    }
    let rooted = match (&state.current, path.starts_with('/')) {
        (_, true) => path.to_owned(),
        (Some(mounted), false) => return Ok(Some(Place { mounted: mounted.clone(), path: path.to_owned() })),
        (None, false) if handle.board.flash.cwd() == "/" => format!("/{path}"),
        (None, false) => return Ok(None),
    };
    let place = |m: &Mounted| Some(Place { mounted: m.clone(), path: below(&m.at, &rooted)?.to_owned() });
    Ok(state.mounted.iter().find_map(place))
}

/// Names that the root lists beside those of the flash.
pub(crate) fn names(vm: &VirtualMachine) -> PyResult<Vec<String>> {
    Ok(session::handle(vm)?.mounted.state().mounted.iter().map(|m| m.at[1..].to_owned()).collect())
}

/// Mounts an object, whose own `mount` comes first and may refuse.
pub(crate) fn mount(object: &PyObjectRef, path: &str, flags: (bool, bool), vm: &VirtualMachine) -> PyResult<()> {
    vm.call_method(object, "mount", flags)?;
    let handle = session::handle(vm)?;
    let at = format!("/{}", quecpy_device::flash::path::normalise("/", path).join("/"));
    let mut state = handle.mounted.state();
    let taken = at == "/" || state.mounted.iter().any(|m| below(&m.at, &at).is_some());
    if taken || handle.board.flash.stat(&at).is_ok() {
        return Err(os_error(errno::EPERM, vm));
    }
    state.mounted.push(Mounted { at, object: object.clone() });
    Ok(())
}

/// Unmounts what is at a path, or an object; false: that is not here.
pub(crate) fn unmount(which: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    let handle = session::handle(vm)?;
    let path = which.downcast_ref::<PyStr>().and_then(|p| text::to_host(p, vm));
    let mut state = handle.mounted.state();
    let wanted = |m: &Mounted| path.as_ref().map_or_else(|| m.object.is(which), |path| m.at == *path);
    let Some(index) = state.mounted.iter().position(wanted) else { return Ok(false) };
    let gone = state.mounted.remove(index);
    state.current.take_if(|current| current.object.is(&gone.object));
    drop(state);
    vm.call_method(&gone.object, "umount", ())?;
    Ok(true)
}

/// `uos.chdir`, also out of a script's file system into the flash.
pub(crate) fn change_folder(path: &str, vm: &VirtualMachine) -> PyResult<()> {
    let place = find(path, vm)?;
    if let Some(place) = &place {
        place.ask("chdir", vm)?;
    }
    let handle = session::handle(vm)?;
    if place.is_none() {
        handle.board.flash.change_folder(path).map_err(|e| flash_error(&e, vm))?;
    }
    let current = place.map(|place| place.mounted);
    if current.is_some() {
        // From where a path goes on when this file system is unmounted.
        handle.board.flash.change_folder("/").map_err(|e| flash_error(&e, vm))?;
    }
    let before = std::mem::replace(&mut handle.mounted.state().current, current);
    drop(before);
    Ok(())
}

/// `uos.getcwd` in a script's file system.
pub(crate) fn current_folder(vm: &VirtualMachine) -> PyResult<Option<String>> {
    let current = session::handle(vm)?.mounted.state().current.clone();
    let Some(Mounted { at, object }) = current else { return Ok(None) };
    let folder = text::to_host_lossy(&*vm.call_method(&object, "getcwd", ())?.str(vm)?, vm);
    Ok(Some(if folder == "/" { at } else { at + &folder }))
}

/// What is at a path, for `import`; none if nothing is, or if nobody can tell.
///
/// # Errors
/// What ends a script: an interrupt, or its exit.
pub fn kind(path: &str, vm: &VirtualMachine) -> PyResult<Option<Kind>> {
    let Some(place) = find(path, vm)? else { return Ok(session::of(vm)?.flash.stat(path).ok().map(|s| s.kind)) };
    let mode = place.ask("stat", vm).and_then(|stat| stat.get_item(&0, vm)?.try_into_value::<u32>(vm));
    match mode {
        Ok(mode) => Ok(Some(if mode & FOLDER == 0 { Kind::File } else { Kind::Folder })),
        Err(e) if e.fast_isinstance(vm.ctx.exceptions.exception_type) => Ok(None),
        Err(e) => Err(e),
    }
}

/// A whole file, for `import`.
///
/// # Errors
/// OSError, or what the script's own file raises.
pub fn read(path: &str, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    let Some(place) = find(path, vm)? else {
        return session::of(vm)?.flash.read(path).map_err(|e| flash_error(&e, vm));
    };
    let file = place.open("rb", vm)?;
    let bytes = read_all(&file, vm);
    if vm.get_attribute_opt(&file, "close")?.is_some() {
        vm.call_method(&file, "close", ())?;
    }
    bytes
}

fn read_all(file: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    let room = PyByteArray::from(vec![0; CHUNK]).into_ref(&vm.ctx);
    let mut all = Vec::new();
    loop {
        let n: Option<usize> = vm.call_method(file, "readinto", (room.clone(),))?.try_into_value(vm)?;
        // None: nothing more for now, which in a file is the end.
        let n = n.unwrap_or(0);
        if n == 0 {
            return Ok(all);
        }
        let got = room.borrow_buf();
        all.extend_from_slice(&got[..n.min(got.len())]);
    }
}
