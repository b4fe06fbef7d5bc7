//! Gives the VM's exception types the form that MicroPython's have: `str`, `repr`, `args`, `errno`, and the names of
//! their classes. What they say is `quecpy_modules::bridge::exceptions::exception`.
//!
//! RustPython's built-in types are shared by all VMs of a process; the change is the same for every session.

use once_cell::sync::OnceCell;
use quecpy_modules::bridge::exceptions::exception;
use quecpy_modules::bridge::firmware;
use rustpython_vm::builtins::{PyBaseException, PyStr, PyStrRef, PyType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::types::Initializer;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

/// Attributes of the base of all exceptions that MicroPython does not have.
const REMOVED: [&str; 3] = ["__cause__", "__context__", "with_traceback"];
/// Attributes that types derived from it have in a form of their own, or that MicroPython does not have.
const OF_DERIVED: [&str; 8] =
    ["__str__", "characters_written", "errno", "filename", "filename2", "strerror", "value", "winerror"];

type New = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

/// RustPython's own constructor of OSError, which ours calls.
static NEW: OnceCell<Option<New>> = OnceCell::new();
static ONCE: OnceCell<()> = OnceCell::new();

/// Changes the types, once in a process.
pub(crate) fn install(vm: &VirtualMachine) {
    ONCE.get_or_init(|| {
        let base = vm.ctx.exceptions.base_exception_type;
        let plain = base.slots().init.load().map(|f| f as usize);
        let special = [vm.ctx.exceptions.os_error, vm.ctx.exceptions.import_error, vm.ctx.exceptions.name_error]
            .map(|class| class.slots().init.load().map(|f| f as usize));
        let attribute = vm.ctx.exceptions.attribute_error.slots().init.load().map(|f| f as usize);
        let of_derived = OF_DERIVED.map(|name| vm.ctx.intern_str(name));
        // With theirs gone, classes of scripts find the one of the base, which is quick.
        let constructor = vm.ctx.intern_str("__init__");
        let os_error = vm.ctx.exceptions.os_error;
        NEW.get_or_init(|| os_error.slots().new.load());
        SET_ATTRIBUTE.get_or_init(|| base.slots().setattro.load());
        walk(os_error, &mut |class| class.slots().new.store(Some(new_os_error)));
        walk(base, &mut |class| {
            let init = class.slots().init.load().map(|f| f as usize);
            if init == plain || init == attribute || special.contains(&init) {
                class.slots().init.store(Some(initialise));
                if !class.is(base) {
                    class.attributes().remove(constructor);
                }
            }
            class.slots().repr.store(Some(represent));
            class.slots().str.store(Some(text));
            class.slots().setattro.store(Some(set_attribute));
            if !class.is(base) {
                for name in of_derived {
                    class.attributes().remove(name);
                }
            }
        });
        for name in REMOVED {
            base.attributes().remove(vm.ctx.intern_str(name));
        }
        set_attributes(base, vm);
        set_class_name(vm);
    });
}

/// All built-in types derived from `class`, and itself.
pub(crate) fn walk(class: &Py<PyType>, visit: &mut dyn FnMut(&Py<PyType>)) {
    visit(class);
    let derived: Vec<_> = class.subclasses.read().iter().filter_map(|weak| weak.upgrade()).collect();
    for class in derived {
        if let Some(class) = class.downcast_ref::<PyType>() {
            walk(class, visit);
        }
    }
}

fn set_attributes(base: &'static Py<PyType>, vm: &VirtualMachine) {
    let set = |name: &'static str, value: PyObjectRef| base.attributes().set(vm.ctx.intern_str(name), value);
    set("args", vm.ctx.new_static_getset("args", base, get_args, set_args).into());
    set("errno", vm.ctx.new_static_getset("errno", base, get_errno, set_errno).into());
    set("__str__", vm.new_method("__str__", base, text_of).into());
    set("value", vm.ctx.new_static_getset("value", base, get_value, set_value).into());
    base.modified();
}

/// `type(e).__name__`
fn set_class_name(vm: &VirtualMachine) {
    let class = vm.ctx.types.type_type;
    let getter = |class: PyRef<PyType>| exception::class_name(&class);
    class.set_str_attr("__name__", vm.ctx.new_readonly_getset("__name__", class, getter), &vm.ctx);
}

/// The class that was called, and no other; the arguments as they are, also where the class has an `__init__` that
/// does not pass them on.
fn new_os_error(class: PyTypeRef, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let Some(original) = NEW.get().copied().flatten() else { return Err(vm.new_system_error("no constructor")) };
    let exception = original(class, FuncArgs::default(), vm)?;
    if let Some(exception) = exception.downcast_ref::<PyBaseException>() {
        PyBaseException::init(exception, FuncArgs::from(args.args), vm)?;
    }
    Ok(exception)
}

/// What a script says in an exception is left as it is.
fn initialise(exception: &PyObject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    if !args.kwargs.is_empty() {
        return Err(vm.new_type_error("function doesn't take keyword arguments"));
    }
    let Some(exception) = exception.downcast_ref::<PyBaseException>() else { return Ok(()) };
    PyBaseException::init(exception, args, vm)?;
    exception::settle(exception);
    Ok(())
}

fn own<'a>(exception: &'a PyObject, vm: &VirtualMachine) -> PyResult<&'a Py<PyBaseException>> {
    exception.downcast_ref().ok_or_else(|| vm.new_type_error("an exception is required"))
}

/// Exceptions may be each other's arguments, to any depth.
fn text(exception: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    vm.with_recursion("", || exception::message(own(exception, vm)?, vm))
}

fn represent(exception: &PyObject, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    vm.with_recursion("", || exception::representation(own(exception, vm)?, vm).map(|text| vm.ctx.new_str(text)))
}

fn text_of(exception: PyRef<PyBaseException>, vm: &VirtualMachine) -> PyResult<PyStrRef> {
    text(exception.as_object(), vm)
}

fn get_args(exception: PyRef<PyBaseException>, vm: &VirtualMachine) -> PyObjectRef {
    stored(&exception, "args", vm).unwrap_or_else(|| exception::arguments(&exception, vm).into())
}

fn set_args(exception: PyRef<PyBaseException>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    store(&exception, "args", value, vm)
}

/// Another name of `args[0]`: in every exception, or in StopIteration only.
fn get_value(exception: PyRef<PyBaseException>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    if let Some(own) = stored(&exception, "value", vm) {
        return Ok(own);
    }
    let every = firmware::of(vm)?.has_errno;
    if !every && !exception.class().is(vm.ctx.exceptions.stop_iteration) {
        return Err(vm.new_no_attribute_error(exception.into(), vm.ctx.new_str("value")));
    }
    let first = exception::arguments(&exception, vm).first().cloned();
    Ok(first.unwrap_or_else(|| vm.ctx.none()))
}

fn set_value(exception: PyRef<PyBaseException>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    store(&exception, "value", value, vm)
}

type SetAttribute = fn(&PyObject, &Py<PyStr>, PySetterValue, &VirtualMachine) -> PyResult<()>;

static SET_ATTRIBUTE: OnceCell<Option<SetAttribute>> = OnceCell::new();

/// What the VM writes into an AttributeError or a NameError, and does not bear to be refused. Nobody reads it.
const OF_THE_VM: [&[u8]; 2] = [b"name", b"obj"];

/// Only exceptions of a script's own classes take attributes.
fn set_attribute(exception: &PyObject, name: &Py<PyStr>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    let own = exception.class().heaptype_ext().is_some();
    if !own && OF_THE_VM.contains(&name.as_bytes()) {
        return Ok(());
    }
    let takes = own || name.as_bytes() == b"__traceback__";
    match SET_ATTRIBUTE.get().copied().flatten().filter(|_| takes) {
        Some(set) => set(exception, name, value, vm),
        None => Err(vm.new_no_attribute_error(exception.to_owned(), name.to_owned())),
    }
}

/// Another name of `args[0]`, in every exception.
fn get_errno(exception: PyRef<PyBaseException>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    if let Some(own) = stored(&exception, "errno", vm) {
        return Ok(own);
    }
    if !firmware::of(vm)?.has_errno {
        return Err(vm.new_no_attribute_error(exception.into(), vm.ctx.new_str("errno")));
    }
    let first = exception::arguments(&exception, vm).first().cloned();
    Ok(first.unwrap_or_else(|| vm.ctx.none()))
}

fn set_errno(exception: PyRef<PyBaseException>, value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
    store(&exception, "errno", value, vm)
}

/// What a script has set itself goes first, as it does in MicroPython.
fn stored(exception: &Py<PyBaseException>, name: &'static str, vm: &VirtualMachine) -> Option<PyObjectRef> {
    exception.as_object().dict()?.get_item_opt(name, vm).ok().flatten()
}

fn store(
    exception: &Py<PyBaseException>,
    name: &'static str,
    value: PySetterValue,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let class = exception.class();
    let no_attribute = || vm.new_no_attribute_error(exception.to_owned().into(), vm.ctx.new_str(name));
    // Only exceptions of a script's own classes take attributes.
    if class.heaptype_ext().is_none() {
        return Err(no_attribute());
    }
    let dict: rustpython_vm::builtins::PyDictRef =
        exception.as_object().get_attr("__dict__", vm)?.downcast().map_err(|_| no_attribute())?;
    match value {
        PySetterValue::Assign(value) => dict.set_item(name, value, vm),
        PySetterValue::Delete => dict.del_item(name, vm).map_err(|_| no_attribute()),
    }
}
