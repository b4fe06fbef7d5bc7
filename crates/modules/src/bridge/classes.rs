//! Classes of one VM: RustPython's native types are shared by all sessions of a process, what a firmware column gives
//! them is not.

use parking_lot::Mutex;
use rustpython_vm::builtins::{PyType, PyTypeRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};
use std::collections::HashMap;

/// The VM's own class of `base`, with constants.
///
/// # Errors
/// What making a class raises.
pub(crate) fn own<'a>(
    base: &Py<PyType>,
    module: &str,
    constants: impl IntoIterator<Item = (&'a str, i64)>,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let content = vm.ctx.new_dict();
    content.set_item("__module__", vm.ctx.new_str(module).into(), vm)?;
    content.set_item("__slots__", vm.ctx.new_tuple(vec![]).into(), vm)?;
    for (name, value) in constants {
        content.set_item(name, vm.ctx.new_int(value).into(), vm)?;
    }
    let bases = vm.ctx.new_tuple(vec![base.to_owned().into()]);
    vm.ctx.types.type_type.as_object().call((base.name().to_string(), bases, content), vm)
}

/// Where the VM keeps them.
const KEY: &str = "_quecpy_singletons";

type ByNumber = HashMap<(&'static str, i64), PyObjectRef>;

/// Objects of which a VM has one for each number: pins, timers, serial ports.
#[pyclass(module = "machine", name = "_singletons")]
#[derive(Debug, Default, PyPayload)]
pub(crate) struct Singletons(Mutex<ByNumber>);

#[pyclass]
impl Singletons {
    fn of(vm: &VirtualMachine) -> PyResult<PyRef<Self>> {
        if let Ok(found) = vm.sys_module.get_attr(KEY, vm) {
            return found.downcast().map_err(|_| vm.new_type_error("the session's singletons were replaced"));
        }
        let _ = Self::make_static_type();
        let singletons = Self::default().into_ref(&vm.ctx);
        vm.sys_module.set_attr(KEY, singletons.clone(), vm)?;
        Ok(singletons)
    }
}

/// The object of that class and number: made at the first call.
///
/// # Errors
/// What making an object raises.
pub(crate) fn only<T: PyPayload + std::fmt::Debug>(
    cls: PyTypeRef,
    name: &'static str,
    number: i64,
    make: impl FnOnce() -> T,
    vm: &VirtualMachine,
) -> PyResult<PyRef<T>> {
    let singletons = Singletons::of(vm)?;
    let known = singletons.0.lock().get(&(name, number)).cloned();
    if let Some(object) = known.filter(|o| o.class().is(&cls))
        && let Ok(object) = object.downcast()
    {
        return Ok(object);
    }
    let object = make().into_ref_with_type(vm, cls)?;
    let mut all = singletons.0.lock();
    let old = all.insert((name, number), object.clone().into());
    drop(all);
    drop(old);
    Ok(object)
}
