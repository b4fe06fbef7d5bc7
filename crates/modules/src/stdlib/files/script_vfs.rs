//! File systems of a script's own: objects that `uos.mount` takes which are neither a partition nor a card. A path at or below
//! the mount point goes to the object's methods in the form in which MicroPython's VFS passes it (extmod/vfs.c), so that `mpremote
//! mount` and drivers written for MicroPython work. `uos`, [`crate::stdlib::files::file::open`] and `import` ask here before the flash.

use crate::bridge::error::{flash_error, os_error};
use crate::bridge::mount_table::Mounted;
use crate::bridge::{firmware, session};
use crate::stdlib::files::stream;
use quecpy_device::Kind;
use quecpy_net::errno;
use quecpy_usocket::text;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyByteArray, PyStr};
use rustpython_vm::function::IntoFuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

/// Bytes that are read from a script's file at once.
const CHUNK: usize = 4096;
/// Of MicroPython's reader of files.
const LARGEST_BUFFER: usize = 255;
/// How a script's own stream is asked (`py/stream.h`).
const IOCTL: &str = "ioctl";
const CLOSE: i32 = 4;
const BUFFER_SIZE: i32 = 11;
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

    /// Whether it is where the file system is mounted.
    pub fn is_mount_point(&self) -> bool {
        self.path == "/"
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
    if state.mounted.is_empty() && !state.without_flash {
        return Ok(None);
    }
    let relative = !path.starts_with('/');
    let rooted = match (&state.current, path.starts_with('/')) {
        (_, true) => path.to_owned(),
        (Some(mounted), false) => return Ok(Some(Place { mounted: mounted.clone(), path: path.to_owned() })),
        (None, false) if handle.board.flash.cwd() == "/" => format!("/{path}"),
        (None, false) => return Ok(None),
    };
    let is_root = rooted.trim_end_matches('/').is_empty();
    let place = |m: &Mounted| {
        let below = below(&m.at, &rooted).filter(|_| !is_root)?;
        // In the root's own file system what is relative stays so.
        let below = if m.at.is_empty() && relative { &below[1..] } else { below };
        Some(Place { mounted: m.clone(), path: below.to_owned() })
    };
    match state.mounted.iter().find_map(place) {
        None if state.without_flash && !is_root => Err(os_error(errno::ENODEV, vm)),
        found => Ok(found),
    }
}

/// The script's own file system that is mounted at the root itself.
pub(crate) fn of_root(vm: &VirtualMachine) -> PyResult<Option<Place>> {
    let root = session::handle(vm)?.mounted.state().root();
    Ok(root.map(|mounted| Place { mounted, path: "/".to_owned() }))
}

/// Whether what the firmware mounts is there.
pub(crate) fn has_flash(vm: &VirtualMachine) -> PyResult<bool> {
    Ok(!session::handle(vm)?.mounted.state().without_flash)
}

/// All that a script has mounted, with where.
pub(crate) fn all(vm: &VirtualMachine) -> PyResult<Vec<(PyObjectRef, String)>> {
    let at = |m: &Mounted| if m.at.is_empty() { "/".to_owned() } else { m.at.clone() };
    Ok(session::handle(vm)?.mounted.state().mounted.iter().map(|m| (m.object.clone(), at(m))).collect())
}

/// Names that the root lists beside those of the flash.
pub(crate) fn names(vm: &VirtualMachine) -> PyResult<Vec<String>> {
    Ok(session::handle(vm)?.mounted.state().mounted.iter().filter_map(|m| Some(m.at.get(1..)?.to_owned())).collect())
}

/// Mounts an object, whose own `mount` comes first and may refuse.
pub(crate) fn mount(object: &PyObjectRef, path: &str, flags: (bool, bool), vm: &VirtualMachine) -> PyResult<()> {
    vm.call_method(object, "mount", flags)?;
    let handle = session::handle(vm)?;
    let at = quecpy_device::flash::path::normalise("/", path).iter().fold(String::new(), |at, part| at + "/" + part);
    let mut state = handle.mounted.state();
    let taken = state.mounted.iter().any(|m| m.at == at);
    if taken || !state.without_flash && handle.board.flash.stat(&at).is_ok() {
        return Err(os_error(errno::EPERM, vm));
    }
    // The root comes last, since every path leads into it.
    let end = state.mounted.iter().position(|m| m.at.is_empty()).unwrap_or(state.mounted.len());
    state.mounted.insert(end, Mounted { at, object: object.clone() });
    Ok(())
}

/// Unmounts what is at a path, or an object; false: that is not here.
pub(crate) fn unmount(which: &PyObject, vm: &VirtualMachine) -> PyResult<bool> {
    let handle = session::handle(vm)?;
    let path = which.downcast_ref::<PyStr>().and_then(|p| text::to_host(p, vm));
    let mut state = handle.mounted.state();
    let wanted =
        |m: &Mounted| path.as_ref().map_or_else(|| m.object.is(which), |path| m.at == path.trim_end_matches('/'));
    let Some(index) = state.mounted.iter().position(wanted) else {
        let is_root = path.as_deref() == Some("/");
        if is_root && firmware::of(vm)?.root_can_be_unmounted && !state.without_flash {
            state.without_flash = true;
            drop(state);
            return handle.board.flash.change_folder("/").map(|()| true).map_err(|e| flash_error(&e, vm));
        }
        return Ok(false);
    };
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
        // The root's own file system has a folder of its own.
        of_root(vm)?.map(|root| root.ask("chdir", vm)).transpose()?;
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
    Ok(Some(match folder.as_ref() {
        "/" if at.is_empty() => "/".to_owned(),
        "/" => at,
        _ => at + &folder,
    }))
}

/// What is at a path, for `import`; none if nothing is, or if nobody can tell.
///
/// # Errors
/// What ends a script: an interrupt, or its exit.
pub fn kind(path: &str, vm: &VirtualMachine) -> PyResult<Option<Kind>> {
    // Without the flash a path of its is nowhere.
    let Ok(place) = find(path, vm) else { return Ok(None) };
    let Some(place) = place else { return Ok(session::of(vm)?.flash.stat(path).ok().map(|s| s.kind)) };
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
    // An object that is no stream at all cannot be read; the VM's own need nothing more.
    let own = file.class().has_attr(vm.ctx.intern_str(IOCTL))
        && stream::kind(&file, "readinto", vm) == Some(stream::Kind::Own);
    if vm.get_attribute_opt(&file, "readinto")?.is_none() {
        return Err(stream::not_a_stream(vm));
    }
    let chunk = if own { buffer_size(&file, vm)? } else { CHUNK };
    let bytes = read_all(&file, chunk, vm);
    if own {
        vm.call_method(&file, IOCTL, (CLOSE, 0))?;
    } else if vm.get_attribute_opt(&file, "close")?.is_some() {
        vm.call_method(&file, "close", ())?;
    }
    bytes
}

/// How much a script's own stream wants to be asked for at once (`py/reader.c`).
fn buffer_size(file: &PyObjectRef, vm: &VirtualMachine) -> PyResult<usize> {
    let wanted: i64 = vm.call_method(file, IOCTL, (BUFFER_SIZE, 0))?.try_into_value(vm)?;
    Ok(usize::try_from(wanted).ok().filter(|n| *n > 0).map_or(CHUNK, |n| n.min(LARGEST_BUFFER)))
}

fn read_all(file: &PyObjectRef, chunk: usize, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
    let room = PyByteArray::from(vec![0; chunk]).into_ref(&vm.ctx);
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
