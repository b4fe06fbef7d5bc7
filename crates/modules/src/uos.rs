//! `uos`: the flash's files and folders, and what the firmware says of itself.

pub(crate) use uos::module_def as definition;

#[rustpython_vm::pymodule]
mod uos {
    use crate::board;
    use crate::error::{flash_error, os_error};
    use crate::file::path_text;
    use crate::{firmware, vfs};
    use quecpy_device::{Error, Flash, Kind, Stat};
    use quecpy_net::errno;
    use rustpython_vm::builtins::{PyBytes, PyModule, PyStr, PyStrRef, PyTuple};
    use rustpython_vm::convert::ToPyObject;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::types::PyStructSequence;
    use rustpython_vm::{
        AsObject, Py, PyObjectRef, PyRef, PyResult, VirtualMachine, pyclass, pystruct_sequence, pystruct_sequence_data,
    };

    /// File types in `stat` and `ilistdir` (the module contract, system, uos).
    const FOLDER: u32 = 0x4000;
    const FILE: u32 = 0x8000;
    /// `statvfs` of a module: 256 blocks of 4096 bytes, 249 of them free.
    const VOLUME: [u32; 10] = [4096, 4096, 256, 249, 249, 0, 0, 0, 0, 255];

    fn with<R>(vm: &VirtualMachine, act: impl FnOnce(&Flash) -> Result<R, Error>) -> PyResult<R> {
        act(&board::of(vm)?.flash).map_err(|e| flash_error(&e, vm))
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
        let names = with(vm, |flash| flash.list(&folder))?;
        Ok(vm.ctx.new_list(names.into_iter().map(|n| vm.ctx.new_str(n).into()).collect()).into())
    }

    fn kind(stat: Stat) -> u32 {
        if stat.kind == Kind::Folder { FOLDER } else { FILE }
    }

    /// `(name, type, inode, size)`; of a mount point, in the root, `(name, type, inode)`.
    #[pyfunction]
    fn ilistdir(folder: OptionalArg<PyStrRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let folder = path(folder, vm)?;
        let entries = with(vm, |flash| {
            let is_root = quecpy_device::path::normalise(&flash.cwd(), &folder).is_empty();
            let stat = |name: String| flash.stat(&format!("{folder}/{name}")).map(|s| (name, s, is_root));
            flash.list(&folder)?.into_iter().map(stat).collect::<Result<Vec<_>, _>>()
        })?;
        let tuple = |(name, stat, is_root): (String, Stat, bool)| -> PyObjectRef {
            let mut parts =
                vec![vm.ctx.new_str(name).into(), vm.ctx.new_int(kind(stat)).into(), vm.ctx.new_int(0).into()];
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

    /// littlefs fills the type and the size only.
    #[pyfunction]
    fn stat(name: PyStrRef, vm: &VirtualMachine) -> PyResult<PyRef<PyTuple>> {
        let name = path_text(&name, vm)?;
        let stat = with(vm, |flash| flash.stat(&name))?;
        Ok(numbers([u64::from(kind(stat)), 0, 0, 0, 0, 0, stat.size, 0, 0, 0], vm))
    }

    #[pyfunction]
    fn statvfs(name: PyStrRef, vm: &VirtualMachine) -> PyResult<PyRef<PyTuple>> {
        let name = path_text(&name, vm)?;
        with(vm, |flash| flash.stat(&name))?;
        Ok(numbers(VOLUME, vm))
    }

    #[pyfunction]
    fn mkdir(name: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        let name = path_text(&name, vm)?;
        with(vm, |flash| flash.make_folder(&name))
    }

    /// As on littlefs it removes an empty folder as well.
    #[pyfunction(name = "rmdir")]
    #[pyfunction]
    fn remove(name: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        let name = path_text(&name, vm)?;
        with(vm, |flash| flash.remove(&name))
    }

    #[pyfunction]
    fn rename(from: PyStrRef, to: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        let (from, to) = (path_text(&from, vm)?, path_text(&to, vm)?);
        with(vm, |flash| flash.rename(&from, &to))
    }

    #[pyfunction]
    fn chdir(name: PyStrRef, vm: &VirtualMachine) -> PyResult<()> {
        let name = path_text(&name, vm)?;
        with(vm, |flash| flash.change_folder(&name))
    }

    #[pyfunction]
    fn getcwd(vm: &VirtualMachine) -> PyResult<String> {
        with(vm, |flash| Ok(flash.cwd()))
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
        Ok(NameData {
            sysname: "EC600N-CNLC".to_owned(),
            nodename: "EC600N".to_owned(),
            release: format!("{major}.{minor}.{patch}"),
            version: format!("v{major}.{minor}"),
            machine: "EC600N with QUECTEL".to_owned(),
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
        Ok(vm.ctx.new_tuple(texts.into_iter().map(|t| vm.ctx.new_str(t).into()).collect()))
    }

    /// The same by names, without labels.
    #[pyfunction]
    fn uname2(vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(identity(vm)?.to_pyobject(vm))
    }

    /// The firmware's version, as `modem.getDevFwVersion()` has it.
    #[pyfunction]
    const fn sdkver() -> &'static str {
        "EC600NCNLCR03A03M16_OCPU_QPY"
    }

    /// A partition of the flash onto a name of the root. Of anything else there is no medium: ENODEV.
    #[pyfunction]
    fn mount(device: PyObjectRef, path: PyStrRef, read_only: OptionalArg<bool>, vm: &VirtualMachine) -> PyResult<()> {
        let path = path_text(&path, vm)?;
        match vfs::partition_of(&device) {
            Some(partition) => with(vm, |flash| flash.mount(&partition, &path, read_only.unwrap_or(false))),
            None => Err(os_error(errno::ENODEV, vm)),
        }
    }

    /// By its path, or by what was mounted.
    #[pyfunction]
    fn umount(which: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let path = which.downcast_ref::<PyStr>().map(ToString::to_string);
        match (path, vfs::partition_of(&which)) {
            (Some(path), _) => with(vm, |flash| flash.unmount(&path, "")),
            (None, Some(partition)) => with(vm, |flash| flash.unmount("", &partition)),
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
        for (name, class) in vfs::classes() {
            module.as_object().set_attr(name, class, vm)?;
        }
        Ok(())
    }
}
