//! What `uos.mount` mounts (the module contract, system, uos): partitions of the flash, which are folders here, and cards,
//! of which there are none.

use crate::bridge::error::flash_error;
use crate::bridge::session;
use quecpy_usocket::text;
use rustpython_vm::builtins::{PyStr, PyType, PyTypeRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Constructor;
use rustpython_vm::{Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// The partition that firmware leaves to scripts.
const CUSTOMER: &str = "customer_fs";

/// A partition of the flash.
#[pyclass(module = false, name = "VfsLfs1")]
#[derive(Debug, PyPayload)]
pub(crate) struct Partition {
    name: String,
}

/// The partition of an object, if it is one.
pub(crate) fn partition_of(object: &PyObject) -> Option<String> {
    object.downcast_ref::<Partition>().map(|p| p.name.clone())
}

impl Constructor for Partition {
    type Args = FuncArgs;

    /// Sizes, of which there are several, then the partition's name; or what was made so.
    fn py_new(_cls: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        let named = |o: &PyObjectRef| match o.downcast_ref::<PyStr>() {
            Some(name) => Some(text::to_host_lossy(name, vm)),
            None => partition_of(o),
        };
        if args.args.is_empty() {
            return Err(vm.new_type_error("a partition is made of sizes and a name"));
        }
        let name = args.args.iter().chain(args.kwargs.values()).find_map(named);
        Ok(Self { name: name.unwrap_or_else(|| CUSTOMER.to_owned()) })
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Partition {
    /// Makes it empty.
    #[pystaticmethod]
    fn mkfs(device: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let name = partition_of(&device).ok_or_else(|| vm.new_type_error("not a partition"))?;
        session::of(vm)?.flash.format(&name).map_err(|e| flash_error(&e, vm))
    }
}

#[pyclass(module = false, name = "VfsLfs2", base = Partition)]
#[derive(Debug)]
#[repr(transparent)]
struct Second(Partition);

#[pyclass]
impl Second {}

#[pyclass(module = false, name = "FlashDevice", base = Partition)]
#[derive(Debug)]
#[repr(transparent)]
struct Device(Partition);

#[pyclass]
impl Device {}

#[pyclass(module = false, name = "VfsTemp", base = Partition)]
#[derive(Debug)]
#[repr(transparent)]
struct Temporary(Partition);

#[pyclass]
impl Temporary {}

/// A slot without a card.
#[pyclass(module = false, name = "VfsSd")]
#[derive(Debug, PyPayload)]
struct Slot;

impl Constructor for Slot {
    type Args = FuncArgs;

    fn py_new(_cls: &Py<PyType>, _args: FuncArgs, _vm: &VirtualMachine) -> PyResult<Self> {
        Ok(Self)
    }
}

#[pyclass(flags(BASETYPE), with(Constructor))]
impl Slot {
    /// The pin that detects a card.
    #[pymethod]
    fn set_det(_zelf: &Py<Self>, _gpio: PyObjectRef, _mode: PyObjectRef) {}

    /// What to call when a card comes or goes.
    #[pymethod]
    fn set_callback(_zelf: &Py<Self>, function: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        if function.is_callable() { Ok(()) } else { Err(vm.new_type_error("callback must be callable")) }
    }
}

#[pyclass(module = false, name = "VfsFat", base = Slot)]
#[derive(Debug)]
#[repr(transparent)]
struct Fat(Slot);

#[pyclass]
impl Fat {}

#[pyclass(module = false, name = "VfsEmmc", base = Slot)]
#[derive(Debug)]
#[repr(transparent)]
struct Emmc(Slot);

#[pyclass]
impl Emmc {}

/// All of them, for `uos`.
pub(crate) fn classes() -> [(&'static str, PyTypeRef); 7] {
    let (partition, slot) = (Partition::make_static_type(), Slot::make_static_type());
    [
        ("VfsLfs1", partition),
        ("VfsLfs2", Second::make_static_type()),
        ("FlashDevice", Device::make_static_type()),
        ("VfsTemp", Temporary::make_static_type()),
        ("VfsSd", slot),
        ("VfsFat", Fat::make_static_type()),
        ("VfsEmmc", Emmc::make_static_type()),
    ]
}
