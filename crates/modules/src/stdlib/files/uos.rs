//! `uos`: the flash's files and folders, and what the firmware says of itself.

pub(crate) use uos::module_def as definition;

#[rustpython_vm::pymodule]
pub(crate) mod uos {
    use crate::bridge::error::{flash_error, os_error};
    use crate::bridge::{firmware, session};
    use crate::stdlib::files::file::path_text;
    use crate::stdlib::files::{partitions, relative, script_vfs};
    use quecpy_device::{Error, Flash, Kind, Stat};
    use quecpy_net::errno;
    use quecpy_usocket::text::{self, Text};
    use rustpython_vm::builtins::{PyBytes, PyDictRef, PyModule, PyStr, PyStrRef, PyTuple};
    use rustpython_vm::convert::ToPyObject;
    use rustpython_vm::function::{ArgIterable, OptionalArg};
    use rustpython_vm::types::PyStructSequence;
    use rustpython_vm::{
        AsObject, FromArgs, Py, PyObjectRef, PyRef, PyResult, VirtualMachine, pyclass, pystruct_sequence,
        pystruct_sequence_data,
    };

    /// File types in `stat` and `ilistdir` (the module contract, system, uos).
    const FOLDER: u32 = 0x4000;
    const FILE: u32 = 0x8000;
    /// `statvfs` of a module: 256 blocks of 4096 bytes, 249 of them free.
    const VOLUME: [u32; 10] = [4096, 4096, 256, 249, 249, 0, 0, 0, 0, 255];

    /// [`with`] of one path; where that is relative, and fails because it is, a line says so.
    fn with_path<R>(
        call: &str,
        path: &str,
        act: impl FnOnce(&Flash) -> Result<R, Error>,
        vm: &VirtualMachine,
    ) -> PyResult<R> {
        act(&session::of(vm)?.flash).map_err(|e| {
            relative::explain(call, path, &e, vm);
            flash_error(&e, vm)
        })
    }

    fn with<R>(vm: &VirtualMachine, act: impl FnOnce(&Flash) -> Result<R, Error>) -> PyResult<R> {
        act(&session::of(vm)?.flash).map_err(|e| flash_error(&e, vm))
    }

    fn path(path: OptionalArg<PyStrRef>, vm: &VirtualMachine) -> PyResult<String> {
        match path {
            OptionalArg::Present(path) => path_text(&path, vm),
            OptionalArg::Missing => Ok(String::new()),
        }
    }

    #[pyfunction]
    fn listdir(folder: OptionalArg<PyStrRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let folder = path(folder, vm)?;
        if let Some(place) = script_vfs::find(&folder, vm)? {
            let name = |entry: PyResult<PyObjectRef>| entry.and_then(|entry| entry.get_item(&0, vm));
            let entries: ArgIterable = place.ask("ilistdir", vm)?.try_into_value(vm)?;
            return Ok(vm.ctx.new_list(entries.iter(vm)?.map(name).collect::<PyResult<_>>()?).into());
        }
        let is_root = is_root(&folder, vm)?;
        let mut names = vec![];
        if !is_root || script_vfs::has_flash(vm)? {
            names = with_path("listdir", &folder, |flash| flash.list(&folder), vm)?;
        }
        if is_root {
            names.extend(script_vfs::names(vm)?);
            if let Some(root) = script_vfs::of_root(vm)? {
                let entries: ArgIterable = root.ask("ilistdir", vm)?.try_into_value(vm)?;
                for entry in entries.iter(vm)? {
                    names.push(entry?.get_item(&0, vm)?.str(vm)?.to_string());
                }
            }
        }
        Ok(vm.ctx.new_list(names.iter().map(|n| text::of_host(n, vm).into()).collect()).into())
    }

    fn is_root(folder: &str, vm: &VirtualMachine) -> PyResult<bool> {
        Ok(quecpy_device::flash::path::normalise(&session::of(vm)?.flash.cwd(), folder).is_empty())
    }

    fn kind(stat: Stat) -> u32 {
        if stat.kind == Kind::Folder { FOLDER } else { FILE }
    }

    /// `(name, type, inode, size)`; of a mount point, in the root, `(name, type, inode)`.
    #[pyfunction]
    fn ilistdir(folder: OptionalArg<PyStrRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let folder = path(folder, vm)?;
        if let Some(place) = script_vfs::find(&folder, vm)? {
            return place.ask("ilistdir", vm);
        }
        let is_root = is_root(&folder, vm)?;
        // What only leads out of the flash, as a link may, is not there.
        let has_flash = script_vfs::has_flash(vm)?;
        let mut entries: Vec<_> = with(vm, |flash| {
            if is_root && !has_flash {
                return Ok(vec![]);
            }
            let stat = |name: String| flash.stat(&format!("{folder}/{name}")).ok().map(|s| (name, s));
            Ok(flash.list(&folder)?.into_iter().filter_map(stat).collect())
        })?;
        if is_root {
            let mounted = script_vfs::names(vm)?.into_iter().map(|name| (name, Stat { kind: Kind::Folder, size: 0 }));
            entries.extend(mounted);
        }
        let tuple = |(name, stat): (String, Stat)| -> PyObjectRef {
            let mut parts =
                vec![text::of_host(&name, vm).into(), vm.ctx.new_int(kind(stat)).into(), vm.ctx.new_int(0).into()];
            if !is_root {
                parts.push(vm.ctx.new_int(stat.size).into());
            }
            vm.ctx.new_tuple(parts).into()
        };
        let list: PyObjectRef = vm.ctx.new_list(entries.into_iter().map(tuple).collect()).into();
        Ok(list.get_iter(vm)?.into())
    }

    fn numbers<T: Into<u64>>(all: impl IntoIterator<Item = T>, vm: &VirtualMachine) -> PyRef<PyTuple> {
        vm.ctx.new_tuple(all.into_iter().map(|n| vm.ctx.new_int(n.into()).into()).collect())
    }

    /// Asks a script's own file system, else the flash.
    fn ask(
        name: &PyStrRef,
        method: &'static str,
        own: impl FnOnce(&Flash, &str) -> Result<PyObjectRef, Error>,
        vm: &VirtualMachine,
    ) -> PyResult {
        let name = path_text(name, vm)?;
        match script_vfs::find(&name, vm)? {
            Some(place) => place.ask(method, vm),
            None => with_path(method, &name, |flash| own(flash, &name), vm),
        }
    }

    /// littlefs fills the type and the size only.
    #[pyfunction]
    fn stat(name: PyStrRef, vm: &VirtualMachine) -> PyResult {
        let tuple = |s: Stat| numbers([u64::from(kind(s)), 0, 0, 0, 0, 0, s.size, 0, 0, 0], vm).into();
        ask(&name, "stat", |flash, name| flash.stat(name).map(tuple), vm)
    }

    #[pyfunction]
    fn statvfs(name: PyStrRef, vm: &VirtualMachine) -> PyResult {
        if let Some(root) = script_vfs::of_root(vm)?.filter(|_| name.as_bytes() == b"/") {
            return root.ask("statvfs", vm);
        }
        ask(&name, "statvfs", |flash, name| flash.stat(name).map(|_| numbers(VOLUME, vm).into()), vm)
    }

    #[pyfunction]
    fn mkdir(name: PyStrRef, vm: &VirtualMachine) -> PyResult {
        if script_vfs::find(&path_text(&name, vm)?, vm)?.is_some_and(|place| place.is_mount_point()) {
            return Err(os_error(errno::EEXIST, vm));
        }
        ask(&name, "mkdir", |flash, name| flash.make_folder(name).map(|()| vm.ctx.none()), vm)
    }

    /// Where the VM keeps what `putenv` was given. The computer's own environment is not a script's to see.
    const ENVIRONMENT: &str = "_quecpy_environment";

    fn environment(vm: &VirtualMachine) -> PyResult<PyDictRef> {
        if let Ok(known) = vm.sys_module.get_attr(ENVIRONMENT, vm) {
            return known.try_into_value(vm);
        }
        let names = vm.ctx.new_dict();
        vm.sys_module.set_attr(ENVIRONMENT, names.clone(), vm)?;
        Ok(names)
    }

    #[pyfunction]
    fn getenv(name: PyStrRef, default: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
        let known = environment(vm)?.get_item_opt(name.as_object(), vm)?;
        Ok(known.or(default.into_option()).unwrap_or_else(|| vm.ctx.none()))
    }

    #[pyfunction]
    fn putenv(name: PyStrRef, value: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        environment(vm)?.set_item(name.as_object(), value.into(), vm)
    }

    #[pyfunction]
    fn unsetenv(name: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        let names = environment(vm)?;
        if names.get_item_opt(name.as_object(), vm)?.is_some() { names.del_item(name.as_object(), vm) } else { Ok(()) }
    }

    /// As on littlefs it removes an empty folder as well.
    #[pyfunction(name = "unlink")]
    #[pyfunction]
    fn remove(name: PyStrRef, vm: &VirtualMachine) -> PyResult {
        ask(&name, "remove", |flash, name| flash.remove(name).map(|()| vm.ctx.none()), vm)
    }

    #[pyfunction]
    fn rmdir(name: PyStrRef, vm: &VirtualMachine) -> PyResult {
        ask(&name, "rmdir", |flash, name| flash.remove(name).map(|()| vm.ctx.none()), vm)
    }

    #[pyfunction]
    fn rename(from: PyStrRef, to: PyStrRef, vm: &VirtualMachine) -> PyResult {
        let (from, to) = (path_text(&from, vm)?, path_text(&to, vm)?);
        match (script_vfs::find(&from, vm)?, script_vfs::find(&to, vm)?) {
            (None, None) => with(vm, |flash| flash.rename(&from, &to)).map(|()| vm.ctx.none()),
            (Some(place), other) => place.rename(other.as_ref(), vm),
            (None, Some(_)) => Err(script_vfs::other_device(vm)),
        }
    }

    #[pyfunction]
    fn chdir(name: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        script_vfs::change_folder(&path_text(&name, vm)?, vm)
    }

    #[pyfunction]
    fn getcwd(vm: &VirtualMachine) -> PyResult<Text> {
        match script_vfs::current_folder(vm)? {
            Some(folder) => Ok(Text(folder)),
            None if firmware::of(vm)?.folder_can_vanish => with(vm, |flash| flash.stat("").map(|_| Text(flash.cwd()))),
            None => with(vm, |flash| Ok(Text(flash.cwd()))),
        }
    }

    #[pyfunction]
    fn urandom(n: usize, vm: &VirtualMachine) -> PyResult<PyRef<PyBytes>> {
        if n > LARGEST {
            return Err(vm.new_memory_error("memory allocation failed"));
        }
        let mut bytes = vec![0; n];
        getrandom::fill(&mut bytes).map_err(|_| os_error(errno::EIO, vm))?;
        Ok(vm.ctx.new_bytes(bytes))
    }

    /// More than a module has memory for.
    const LARGEST: usize = 1 << 24;

    /// What `uname` and `uname2` say, in their order.
    fn identity(vm: &VirtualMachine) -> PyResult<NameData> {
        let [major, minor, patch] = firmware::of(vm)?.micropython;
        let board = session::of(vm)?;
        Ok(NameData {
            sysname: board.description.identity.board.clone(),
            nodename: board.description.identity.model.clone(),
            release: format!("{major}.{minor}.{patch}"),
            version: format!("v{major}.{minor}"),
            machine: format!("{} with QUECTEL", board.description.identity.model),
            qpyver: "V0001".to_owned(),
        })
    }

    #[pystruct_sequence_data]
    #[derive(Debug)]
    struct NameData {
        sysname: String,
        nodename: String,
        release: String,
        version: String,
        machine: String,
        qpyver: String,
    }

    #[pyattr]
    #[pystruct_sequence(name = "attrtuple", module = "uos", data = "NameData")]
    struct Name;

    #[pyclass(with(PyStructSequence))]
    impl Name {}

    /// Six labelled strings, as the documentation shows them; scripts split them at `=`.
    #[pyfunction]
    fn uname(vm: &VirtualMachine) -> PyResult<PyRef<PyTuple>> {
        let NameData { sysname, nodename, release, version, machine, qpyver } = identity(vm)?;
        let texts = [
            format!("sysname={sysname}"),
            format!("nodename={nodename}"),
            format!("release={release}"),
            format!("version={version}"),
            format!("machine={machine}"),
            format!("qpyver={qpyver}"),
        ];
        Ok(vm.ctx.new_tuple(texts.iter().map(|t| text::of_host(t, vm).into()).collect()))
    }

    /// The same by names, without labels.
    #[pyfunction]
    fn uname2(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(identity(vm)?.to_pyobject(vm))
    }

    /// The firmware's version, as `modem.getDevFwVersion()` has it.
    #[pyfunction]
    fn sdkver(vm: &VirtualMachine) -> PyResult<Text> {
        Ok(Text(session::of(vm)?.description.identity.firmware.clone()))
    }

    #[derive(FromArgs)]
    pub(crate) struct Mount {
        #[pyarg(positional)]
        device: PyObjectRef,
        #[pyarg(positional)]
        path: PyStrRef,
        #[pyarg(any, default = false)]
        readonly: bool,
        #[pyarg(any, default = false)]
        mkfs: bool,
    }

    /// A partition of the flash, or a script's own file system, onto a name of the root. Of anything else there is no
    /// medium: ENODEV.
    #[pyfunction]
    pub(crate) fn mount(args: Mount, vm: &VirtualMachine) -> PyResult<()> {
        let path = path_text(&args.path, vm)?;
        if let Some(partition) = partitions::partition_of(&args.device) {
            if script_vfs::find(&path, vm)?.is_some() {
                return Err(os_error(errno::EPERM, vm));
            }
            return with(vm, |flash| flash.mount(&partition, &path, args.readonly));
        }
        if vm.get_attribute_opt(&args.device, "mount")?.is_none() {
            return Err(os_error(errno::ENODEV, vm));
        }
        script_vfs::mount(&args.device, &path, (args.readonly, args.mkfs), vm)
    }

    /// By its path, or by what was mounted.
    #[pyfunction]
    pub(crate) fn umount(which: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        if script_vfs::unmount(&which, vm)? {
            return Ok(());
        }
        let path = which.downcast_ref::<PyStr>().map(|path| text::to_host_lossy(path, vm));
        match (path, partitions::partition_of(&which)) {
            (Some(path), _) => with(vm, |flash| flash.unmount(&path, "")),
            (None, Some(partition)) => with(vm, |flash| flash.unmount("/", &partition)),
            (None, None) => Err(os_error(errno::EINVAL, vm)),
        }
    }

    /// The pin that detects a card. As the documentation lists it among the functions; there is no card.
    #[pyfunction]
    fn set_det(_gpio: PyObjectRef, _mode: PyObjectRef) {}

    /// What to call when a card comes or goes, which none does.
    #[pyfunction]
    fn set_callback(function: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        if function.is_callable() { Ok(()) } else { Err(vm.new_type_error("callback must be callable")) }
    }

    pub(crate) fn module_exec(vm: &VirtualMachine, module: &Py<PyModule>) -> PyResult<()> {
        __module_exec(vm, module);
        module.as_object().del_attr("attrtuple", vm)?;
        module.as_object().set_attr("sep", vm.ctx.new_str("/"), vm)?;
        for (name, class) in partitions::classes() {
            module.as_object().set_attr(name, class, vm)?;
        }
        Ok(())
    }
}
