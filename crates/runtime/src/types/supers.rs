//! `super`: MicroPython looks through the bases of the class in which it stands, one after the other and each to its end,
//! and knows nothing of the class that the object has (`super_attr` in `py/objtype.c`). A property that it finds is the
//! property and not its value.

use super::original::attribute;
use quecpy_modules::bridge::hidden;
use rustpython_vm::builtins::{PyClassMethod, PyProperty, PyStaticMethod, PyStr, PyStrRef, PyType, PyTypeRef};
use rustpython_vm::class::{PyClassImpl, StaticType};
use rustpython_vm::function::{FuncArgs, PySetterValue};
use rustpython_vm::types::{Constructor, GetAttr, Representable, SetAttr};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

/// What the constructor of a script's class calls in that of its base.
const CONSTRUCTOR: &str = "__init__";
const NOT_A_CLASS: &str = "issubclass() arg 2 must be a class or a tuple of classes";
/// What makes a class.
const BUILD_CLASS: &str = "__build_class__";
/// What the VM calls when a class has been made.
const NEW_SUBCLASS: &str = "__init_subclass__";

type GetAttribute = fn(&PyObject, &Py<PyStr>, &VirtualMachine) -> PyResult;

/// The VM's own, which it uses itself.
static GET_ATTRIBUTE: super::original::Original<GetAttribute> = super::original::Original::new();

/// The built-in name.
#[pyclass(module = false, name = "super")]
#[derive(Debug, PyPayload)]
pub(crate) struct Super {
    class: PyTypeRef,
    object: PyObjectRef,
}

/// Once in a process.
pub(super) fn install(vm: &VirtualMachine) {
    let _ = Super::make_static_type();
    let slot = &vm.ctx.types.super_type.slots().getattro;
    GET_ATTRIBUTE.keep(slot.swap(Some(get_attribute)));
}

/// In each session.
pub(crate) fn install_name(vm: &VirtualMachine) -> PyResult<()> {
    vm.builtins.as_object().set_attr("super", Super::static_type().to_owned(), vm)?;
    // `class A(B, x=1)`, `class A(metaclass=M)`
    let build = vm.builtins.as_object().get_attr(BUILD_CLASS, vm)?;
    let strict = move |args: FuncArgs, vm: &VirtualMachine| -> PyResult {
        if !args.kwargs.is_empty() {
            return Err(vm.new_type_error("function doesn't take keyword arguments"));
        }
        build.call(args, vm)
    };
    vm.builtins.as_object().set_attr(BUILD_CLASS, vm.new_function(BUILD_CLASS, strict), vm)
}

/// `__init_subclass__` is not called by itself.
fn get_attribute(object: &PyObject, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
    if name.as_bytes() == NEW_SUBCLASS.as_bytes()
        && let Some(of_object) = attribute(vm.ctx.types.object_type, NEW_SUBCLASS, vm)
    {
        let class = vm.ctx.types.object_type.as_object();
        return vm.call_get_descriptor_specific(&of_object, None, Some(class)).unwrap_or(Ok(of_object));
    }
    GET_ATTRIBUTE.get(vm)?(object, name, vm)
}

#[pyclass(with(Constructor, GetAttr, SetAttr, Representable))]
impl Super {
    /// Looks through a class and its bases.
    fn find(class: &Py<PyType>, name: &Py<PyStr>, vm: &VirtualMachine) -> Option<(PyTypeRef, PyObjectRef)> {
        let name = vm.ctx.interned_str(name)?;
        if class.heaptype_ext().is_none() {
            // A type of the VM: derived from others, which MicroPython's is not.
            let found = class.iter_base_chain().find_map(|base| base.get_direct_attr(name))?;
            return Some((class.to_owned(), found));
        }
        if let Some(found) = class.get_direct_attr(name) {
            return Some((class.to_owned(), found));
        }
        Self::find_in_bases(class, name, vm)
    }

    fn find_in_bases(class: &Py<PyType>, name: &Py<PyStr>, vm: &VirtualMachine) -> Option<(PyTypeRef, PyObjectRef)> {
        let bases = class.bases.read().clone();
        let real = bases.iter().filter(|base| !base.is(vm.ctx.types.object_type));
        real.into_iter().find_map(|base| Self::find(base, name, vm))
    }

    /// The type of the VM that a class is derived from, if it is.
    fn native_base(class: &Py<PyType>, vm: &VirtualMachine) -> Option<PyTypeRef> {
        let native = class.iter_base_chain().find(|base| base.heaptype_ext().is_none())?;
        (!native.is(vm.ctx.types.object_type)).then(|| native.to_owned())
    }

    /// A member as it is when it is asked for through `super()`.
    fn bind(&self, member: PyObjectRef, vm: &VirtualMachine) -> PyResult {
        if member.downcast_ref::<PyProperty>().is_some() {
            return Ok(member);
        }
        let is_class = self.object.downcast_ref::<PyType>().is_some();
        let plain =
            member.downcast_ref::<PyStaticMethod>().is_some() || member.downcast_ref::<PyClassMethod>().is_some();
        if is_class && plain {
            return vm.call_get_descriptor_specific(&member, None, Some(&self.object)).unwrap_or(Ok(member));
        }
        let class = self.object.class().as_object();
        vm.call_get_descriptor_specific(&member, Some(&self.object), Some(class)).unwrap_or(Ok(member))
    }

    /// `super().__init__` where a type of the VM is the base.
    fn native_constructor(&self, vm: &VirtualMachine) -> Option<PyObjectRef> {
        let base = Self::native_base(&self.class, vm)?;
        let object = self.object.clone();
        let construct = move |args: FuncArgs, vm: &VirtualMachine| -> PyResult<()> {
            match base.slots().init.load() {
                Some(init) => init(&object, args, vm),
                None => Ok(()),
            }
        };
        Some(vm.new_function(CONSTRUCTOR, construct).into())
    }
}

impl Constructor for Super {
    type Args = FuncArgs;

    fn py_new(_class: &Py<PyType>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<Self> {
        if args.args.is_empty() && args.kwargs.is_empty() {
            // The VM knows from where it is called.
            let own = vm.ctx.types.super_type.as_object().call((), vm)?;
            let class = hidden::get(&own, "__thisclass__", vm)?.try_into_value(vm)?;
            return Ok(Self { class, object: hidden::get(&own, "__self__", vm)? });
        }
        let given = args.args.len();
        let (class, object): (PyObjectRef, PyObjectRef) = match args.args.as_slice() {
            [class, object] if args.kwargs.is_empty() => (class.clone(), object.clone()),
            _ => {
                let text = format!("function takes 2 positional arguments but {given} were given");
                return Err(vm.new_type_error(text));
            }
        };
        let class = class.downcast::<PyType>().map_err(|_| vm.new_type_error(NOT_A_CLASS))?;
        let fits = match object.downcast_ref::<PyType>() {
            Some(own) if own.fast_issubclass(&class) => true,
            _ => object.fast_isinstance(&class),
        };
        // MicroPython says no more.
        if fits {
            Ok(Self { class, object })
        } else {
            Err(vm.new_exception(vm.ctx.exceptions.type_error.to_owned(), vec![]))
        }
    }
}

impl GetAttr for Super {
    fn getattro(zelf: &Py<Self>, name: &Py<PyStr>, vm: &VirtualMachine) -> PyResult {
        if name.as_bytes() == b"__class__" {
            return Ok(zelf.class().to_owned().into());
        }
        let name: PyStrRef = vm.ctx.intern_str(name.as_wtf8()).to_owned();
        if let Some((owner, member)) = Super::find_in_bases(&zelf.class, &name, vm)
            // That of the VM's types may be written for all of them.
            && (owner.heaptype_ext().is_some() || name.as_bytes() != CONSTRUCTOR.as_bytes())
        {
            return zelf.bind(member, vm);
        }
        if name.as_bytes() == CONSTRUCTOR.as_bytes()
            && let Some(constructor) = zelf.native_constructor(vm)
        {
            return Ok(constructor);
        }
        let of_object = vm.ctx.interned_str(&*name).and_then(|n| vm.ctx.types.object_type.get_direct_attr(n));
        match of_object.filter(|_| OF_OBJECT.contains(&name.as_bytes())) {
            Some(member) => zelf.bind(member, vm),
            None => Err(vm.new_no_attribute_error(zelf.to_owned().into(), name)),
        }
    }
}

/// What MicroPython's `object` has.
const OF_OBJECT: [&[u8]; 4] = [b"__delattr__", b"__init__", b"__new__", b"__setattr__"];

impl SetAttr for Super {
    fn setattro(zelf: &Py<Self>, name: &Py<PyStr>, _value: PySetterValue, vm: &VirtualMachine) -> PyResult<()> {
        Err(vm.new_no_attribute_error(zelf.to_owned().into(), name.to_owned()))
    }
}

impl Representable for Super {
    fn repr_str(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<String> {
        let object: PyRef<PyStr> = zelf.object.repr(vm)?;
        Ok(format!("<super: {}, {object}>", zelf.class.as_object().repr(vm)?))
    }
}
