//! What such a module shows, and how its names raise.

use crate::bridge::module;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyDictRef, PyStrRef};
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::{Callable, GetDescriptor, Representable};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

/// What a module shows. Lists of names are separated by blanks.
#[derive(Debug)]
pub struct Surface {
    /// Ends the sentence "… is not simulated: …".
    pub(super) why: &'static str,
    /// What to do instead: a sentence of its own.
    pub(super) instead: &'static str,
    pub(super) functions: &'static str,
    pub(super) classes: &'static [Class],
    /// Whether every other name raises as well when it is read: they are too many to list.
    pub(super) any_name: bool,
}

/// A class of such a module. Without `__init__` among its methods it can be made: an enumeration.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) name: &'static str,
    pub(super) constants: &'static [(&'static str, i64)],
    pub(super) methods: &'static str,
    /// What only instances have.
    pub(super) attributes: &'static str,
}

const STAND_IN: &str = "Guard it with try, or give the test a stand-in";

/// The rest of a surface.
pub(super) const NOTHING: Surface =
    Surface { why: "", instead: STAND_IN, functions: "", classes: &[], any_name: false };

/// The rest of a class.
pub(super) const PLAIN: Class = Class { name: "", constants: &[], methods: "__init__", attributes: "" };

impl Surface {
    /// A fresh module with all the names.
    ///
    /// # Errors
    /// What making a class raises.
    pub fn module(&'static self, name: &'static str, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let names = vm.ctx.new_dict();
        let module = module::new(name, names.clone(), vm)?;
        let leaf = |path: &str, is| Unsimulated::make(self, format!("{name}.{path}"), is, vm);
        for function in self.functions.split_whitespace() {
            names.set_item(function, leaf(function, Is::Callable), vm)?;
        }
        for class in self.classes {
            names.set_item(class.name, class.object(name, leaf, vm)?, vm)?;
        }
        if self.any_name {
            names.set_item("__getattr__", leaf("", Is::Anything), vm)?;
        }
        Ok(module.into())
    }

    fn error(&self, path: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
        vm.new_not_implemented_error(format!("{path} is not simulated: {}. {}", self.why, self.instead))
    }
}

impl Class {
    fn object(
        &self,
        module: &'static str,
        leaf: impl Fn(&str, Is) -> PyObjectRef,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        let members: PyDictRef = vm.ctx.new_dict();
        members.set_item("__module__", vm.ctx.new_str(module).into(), vm)?;
        for (constant, value) in self.constants {
            members.set_item(*constant, vm.ctx.new_int(*value).into(), vm)?;
        }
        for (names, is) in [(self.methods, Is::Callable), (self.attributes, Is::Attribute)] {
            for member in names.split_whitespace() {
                members.set_item(member, leaf(&path(self.name, member), is), vm)?;
            }
        }
        let bases = vm.ctx.new_tuple(vec![vm.ctx.types.object_type.to_owned().into()]);
        vm.ctx.types.type_type.as_object().call((vm.ctx.new_str(self.name), bases, members), vm)
    }
}

/// As error texts name it: making an instance is naming the class.
fn path(class: &str, member: &str) -> String {
    if member == "__init__" { class.to_owned() } else { format!("{class}.{member}") }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Is {
    /// A function, a method or a constructor: raises when called.
    Callable,
    /// Of an instance: raises when read there, as in a script's own class derived from this one.
    Attribute,
    /// A module's `__getattr__`: raises for every name.
    Anything,
}

/// A name that is there and cannot be used.
#[pyclass(module = false, name = "unsimulated")]
#[derive(Debug, PyPayload)]
struct Unsimulated {
    surface: &'static Surface,
    path: String,
    is: Is,
}

#[pyclass(with(Callable, GetDescriptor, Representable), flags(DISALLOW_INSTANTIATION))]
impl Unsimulated {
    fn make(surface: &'static Surface, path: String, is: Is, vm: &VirtualMachine) -> PyObjectRef {
        let _ = Self::make_static_type();
        Self { surface, path, is }.into_pyobject(vm)
    }
}

impl Callable for Unsimulated {
    type Args = FuncArgs;

    fn call(zelf: &Py<Self>, args: FuncArgs, vm: &VirtualMachine) -> PyResult {
        if zelf.is != Is::Anything {
            return Err(zelf.surface.error(&zelf.path, vm));
        }
        let (name,): (PyStrRef,) = args.bind(vm)?;
        let path = format!("{}{name}", zelf.path);
        // The import system asks for some of these, and who looks at a module does.
        if name.to_string().starts_with("__") {
            return Err(vm.new_attribute_error(format!("module has no attribute '{name}'")));
        }
        Err(zelf.surface.error(&path, vm))
    }
}

impl GetDescriptor for Unsimulated {
    fn descr_get(zelf: &PyObject, obj: Option<&PyObject>, _cls: Option<&PyObject>, vm: &VirtualMachine) -> PyResult {
        let this = Self::_as_pyref(zelf, vm)?;
        match obj {
            Some(_) if this.is == Is::Attribute => Err(this.surface.error(&this.path, vm)),
            _ => Ok(zelf.to_owned()),
        }
    }
}

impl Representable for Unsimulated {
    fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
        Ok(format!("<unsimulated {}>", zelf.path))
    }
}
