//! `import` as on the module: the registry's modules, then the script's own files; nothing of the host.

use crate::{dialect, mpy, types};
use quecpy_device::Kind as FileKind;
use quecpy_modules::bridge::{firmware, module};
use quecpy_modules::registry::{self, Kind, Module};
use quecpy_modules::stdlib::files::script_vfs;
use quecpy_usocket::text;
use rustpython_vm::builtins::{
    PyBaseExceptionRef, PyCode, PyDict, PyDictRef, PyList, PyStr, PyStrRef, PyTuple, PyType,
};
use rustpython_vm::bytecode::Instruction;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::compiler::Mode;
use rustpython_vm::function::{ArgIterable, ArgMapping};
use rustpython_vm::scope::Scope;
use rustpython_vm::{
    AsObject, FromArgs, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, TryFromObject, VirtualMachine, pyclass,
};

/// Where the VM keeps the importer, and the dict that scripts see as `usys.modules`.
const KEY: &str = "_quecpy_importer";
const MODULES: &str = "_quecpy_modules";

/// Where code runs. Its built-in names are the session's: no `__builtins__` stands in the namespace.
pub fn scope(globals: PyDictRef, locals: Option<ArgMapping>) -> Scope {
    let locals = locals.unwrap_or_else(|| ArgMapping::from_dict_exact(globals.clone()));
    Scope::new(Some(locals), globals)
}

/// What one session has imported.
#[pyclass(module = "usys", name = "_importer")]
#[derive(PyPayload)]
pub(crate) struct Importer {
    modules: PyDictRef,
    /// Modules of this session beside the registry's.
    extension: &'static [Module],
}

impl std::fmt::Debug for Importer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Importer").field("modules", &self.modules).finish_non_exhaustive()
    }
}

#[derive(FromArgs)]
pub(crate) struct Request {
    #[pyarg(any)]
    name: PyStrRef,
    #[pyarg(any, default)]
    globals: Option<PyObjectRef>,
    #[pyarg(any, default)]
    locals: Option<PyObjectRef>,
    #[pyarg(any, default)]
    fromlist: Option<PyObjectRef>,
    #[pyarg(any, default = 0)]
    level: i64,
}

fn import_error(message: String, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_exception_msg(vm.ctx.exceptions.import_error.to_owned(), message.into())
}

/// The text of a file of the module's flash.
pub(crate) fn source(path: &str, vm: &VirtualMachine) -> PyResult<String> {
    String::from_utf8(script_vfs::read(path, vm)?)
        .map_err(|_| vm.new_value_error(format!("{path} is not UTF-8; save the file as UTF-8")))
}

/// The implementation of `__import__`.
pub(crate) fn import(request: Request, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    if is_of_unraisable(&request, vm) {
        return Ok(types::sys_of_unraisable(vm));
    }
    let importer = vm.sys_module.get_attr(KEY, vm)?;
    let importer: PyRef<Importer> = importer.downcast().map_err(|_| vm.new_type_error("the importer was replaced"))?;
    let name = text::to_host_lossy(&request.name, vm);
    let level = usize::try_from(request.level);
    let level = level.ok().filter(|level| *level > 0 || !name.is_empty()).ok_or_else(|| vm.new_value_error(""))?;
    let name = match level {
        0 => name,
        level => absolute(&name, level, request.globals, vm)?,
    };
    let fromlist = match request.fromlist {
        Some(list) if list.clone().try_to_bool(vm)? => list,
        _ => return importer.chain(&name, vm).map(|(top, _)| top),
    };
    let (_, module) = importer.chain(&name, vm)?;
    // `True` says only that it is the last module that is wanted.
    let Ok(names) = ArgIterable::<PyStrRef>::try_from_object(vm, fromlist) else { return Ok(module) };
    for wanted in names.iter(vm)? {
        let wanted = text::to_host_lossy(&*wanted?, vm);
        if wanted == "*" {
            return star(&module, vm);
        }
        importer.provide(&module, &name, &wanted, vm)?;
    }
    Ok(module)
}

/// Whether it is the VM that asks, which has an exception that nobody can catch (`VirtualMachine::run_unraisable`) and
/// does not bear an error. It asks as an `import` does, but no `import` is being executed.
fn is_of_unraisable(request: &Request, vm: &VirtualMachine) -> bool {
    if request.level != 0 || request.fromlist.is_some() || request.name.as_bytes() != b"sys" {
        return false;
    }
    match types::current_instruction(vm) {
        Some(instruction) => {
            let given = request.globals.is_some() && request.locals.is_some();
            given && !matches!(instruction, Instruction::ImportName { .. })
        }
        None => true,
    }
}

/// The full name of a relative import.
fn absolute(name: &str, level: usize, globals: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<String> {
    let no_parent = || import_error("can't perform relative import".into(), vm);
    let globals = globals.filter(|globals| !vm.is_none(globals)).ok_or_else(no_parent)?;
    if globals.downcast_ref::<PyDict>().is_none() {
        return Err(vm.new_type_error(""));
    }
    let here = globals.get_item("__name__", vm).map_err(|_| no_parent())?.str(vm)?;
    let here = text::to_host_lossy(&here, vm);
    // Within a package's own file the package itself is the first level.
    let up = if globals.get_item("__path__", vm).is_ok() { level - 1 } else { level };
    let mut package = here.as_str();
    for _ in 0..up {
        package = package.rsplit_once('.').map(|(parent, _)| parent).ok_or_else(no_parent)?;
    }
    Ok(if name.is_empty() { package.to_owned() } else { format!("{package}.{name}") })
}

#[pyclass]
impl Importer {
    /// Imports `a.b.c` step by step: the first module and the last.
    fn chain(&self, name: &str, vm: &VirtualMachine) -> PyResult<(PyObjectRef, PyObjectRef)> {
        let mut top = None;
        let mut last: Option<PyObjectRef> = None;
        let ends = name.match_indices('.').map(|(i, _)| i).chain([name.len()]);
        for end in ends {
            let known = self.modules.contains_key(&name[..end], vm);
            let module = self.one(&name[..end], vm)?;
            // A package's own name of it stands.
            if let Some(parent) = last.filter(|_| !known) {
                let child = name[..end].rsplit('.').next().unwrap_or_default().to_owned();
                parent.set_attr(&text::of_host(&child, vm), module.clone(), vm)?;
            }
            top.get_or_insert_with(|| module.clone());
            last = Some(module);
        }
        top.zip(last).ok_or_else(|| no_module(name, vm))
    }

    /// A module by its full name, its parents being there already.
    fn one(&self, name: &str, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let known = self.modules.get_item_opt(name, vm)?;
        // Without a path a file of a script's finds the built-in module that it stands in for.
        let bypass = || registry::find(name).is_some_and(|row| row.shadowable) && is_empty_path(vm);
        if let Some(known) = known.filter(|_| !bypass()) {
            return Ok(known);
        }
        let own = self.extension.iter().find(|m| m.name == name);
        let column = firmware::of(vm)?.name;
        let known = registry::resolve(name).filter(|row| row.is_in(column));
        let Some(row) = own.or(known) else {
            let found = self.find(name, vm)?.ok_or_else(|| no_module(name, vm))?;
            return self.load(name, &found, vm);
        };
        let firmware = firmware::of(vm)?;
        if registry::find(name).is_some_and(|m| m.shadowable)
            && !firmware.unshadowed.contains(&name)
            && let Some(found) = self.find(name, vm)?
        {
            return self.load(name, &found, vm);
        }
        let module = match self.modules.get_item_opt(row.name, vm)? {
            Some(same) => same,
            None => self.built_in(row, vm)?,
        };
        if !self.modules.contains_key(name, vm) {
            self.modules.set_item(name, module.clone(), vm)?;
        }
        Ok(module)
    }

    /// A module of the registry, imported for the first time.
    fn built_in(&self, row: &Module, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let module: PyObjectRef = match row.kind {
            Kind::Native(definition) => {
                let module = rustpython_vm::import::import_builtin(vm, definition(&vm.ctx).name.as_str())?;
                module.dict().map_or(Ok(()), |names| module::strip(&names, vm))?;
                module.set_attr("__name__", vm.ctx.new_str(shown(row, vm)?), vm)?;
                module
            }
            Kind::Builtins => vm.builtins.clone().into(),
            Kind::Unsimulated(surface) => surface.module(row.name, vm)?,
            _ => {
                let code = rustpython_vm::import::make_frozen(vm, row.name)?;
                let globals = vm.ctx.new_dict();
                let module = module::new(shown(row, vm)?, globals.clone(), vm)?;
                self.execute(row.name, module.into(), globals, code, vm)?
            }
        };
        for name in firmware::of(vm)?.lacking(row.name) {
            module.del_attr(&vm.ctx.new_str(name), vm)?;
        }
        let module = match row.kind {
            Kind::FrozenClass => module.get_attr(&vm.ctx.new_str(row.name), vm)?,
            _ => module,
        };
        self.modules.set_item(row.name, module.clone(), vm)?;
        Ok(module)
    }

    /// Runs a module's code, the module being known meanwhile; forgets it when that fails.
    fn execute(
        &self,
        name: &str,
        module: PyObjectRef,
        globals: PyDictRef,
        code: PyRef<PyCode>,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        self.modules.set_item(name, module.clone(), vm)?;
        if let Err(e) = dialect::run(code, scope(globals, None), vm) {
            self.modules.del_item(name, vm)?;
            return Err(e);
        }
        Ok(module)
    }

    /// Makes sure that `from module import wanted` finds it: a name of the module, or a file of the package.
    fn provide(&self, module: &PyObjectRef, name: &str, wanted: &str, vm: &VirtualMachine) -> PyResult<()> {
        let attribute = text::of_host(wanted, vm);
        if module.get_attr(&attribute, vm).is_ok() {
            return Ok(());
        }
        let full = format!("{name}.{wanted}");
        if module.get_attr("__path__", vm).is_ok() && self.find(&full, vm)?.is_some() {
            let child = self.one(&full, vm)?;
            return module.set_attr(&attribute, child, vm);
        }
        Err(import_error(format!("can't import name {wanted}"), vm))
    }

    /// The file or folder of a module, along `usys.path`.
    fn find(&self, name: &str, vm: &VirtualMachine) -> PyResult<Option<Found>> {
        let relative = name.replace('.', "/");
        let path = vm.sys_module.get_attr("path", vm)?;
        let entries = path.downcast_ref::<PyList>().map(|path| path.borrow_vec().to_vec()).unwrap_or_default();
        for entry in entries {
            let Some(entry) = entry.downcast_ref::<PyStr>().and_then(|e| text::to_host(e, vm)) else { continue };
            let shown = match entry.as_str() {
                "" => relative.clone(),
                entry => format!("{}/{relative}", entry.strip_suffix('/').unwrap_or(entry)),
            };
            if script_vfs::kind(&shown, vm)? == Some(FileKind::Folder) {
                return Ok(Some(Found { shown: format!("{shown}/__init__.py"), package: Some(shown) }));
            }
            let file = format!("{shown}.py");
            if script_vfs::kind(&file, vm)? == Some(FileKind::File) {
                return Ok(Some(Found { shown: file, package: None }));
            }
            let compiled = format!("{shown}.{}", mpy::SUFFIX);
            if script_vfs::kind(&compiled, vm)? == Some(FileKind::File) {
                return Ok(Some(Found { shown: compiled, package: None }));
            }
        }
        Ok(None)
    }

    fn load(&self, name: &str, found: &Found, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        if found.package.is_none() && found.shown.ends_with(mpy::SUFFIX) {
            return Err(mpy::refused(&found.shown, vm)?);
        }
        let globals = vm.ctx.new_dict();
        let module = module::new(name, globals.clone(), vm)?;
        globals.set_item("__file__", text::of_host(&found.shown, vm).into(), vm)?;
        if let Some(package) = &found.package {
            globals.set_item("__path__", text::of_host(package, vm).into(), vm)?;
        }
        if found.package.is_some() && script_vfs::kind(&found.shown, vm)?.is_none() {
            self.modules.set_item(name, module.clone().into(), vm)?;
            return Ok(module.into());
        }
        let source = source(&found.shown, vm)?;
        let code = dialect::compile(&source, Mode::Exec, &found.shown, vm)?;
        self.execute(name, module.into(), globals, code, vm)
    }

    /// Gives the VM an importer.
    pub(crate) fn install(
        extension: &'static [Module],
        module_path: &[String],
        vm: &VirtualMachine,
    ) -> PyResult<PyDictRef> {
        let _ = Self::make_static_type();
        let modules = vm.ctx.new_dict();
        let importer = Self { modules: modules.clone(), extension }.into_pyobject(vm);
        vm.sys_module.set_attr(KEY, importer, vm)?;
        vm.sys_module.set_attr(MODULES, modules.clone(), vm)?;
        let firmware = firmware::of(vm)?;
        let mut path = firmware.path.to_vec();
        if firmware.reads_micropypath {
            // Behind the script's own folder, before the root.
            let at = path.len().min(1);
            path.splice(at..at, module_path.iter().map(String::as_str));
        }
        let path = path.into_iter().map(|entry| text::of_host(entry, vm).into()).collect();
        vm.sys_module.set_attr("path", vm.ctx.new_list(path), vm)?;
        Ok(modules)
    }
}

fn is_empty_path(vm: &VirtualMachine) -> bool {
    let path = vm.sys_module.get_attr("path", vm);
    path.is_ok_and(|path| path.downcast_ref::<PyList>().is_none_or(|path| path.borrow_vec().is_empty()))
}

/// The name of a built-in module, if it is one that is imported and written in Rust. Others are a script's, or written in
/// Python in the firmware, too.
pub(crate) fn built_in(module: &PyObject, vm: &VirtualMachine) -> Option<&'static str> {
    let importer = vm.sys_module.dict().get_item_opt(KEY, vm).ok()??;
    let modules = importer.downcast_ref::<Importer>()?.modules.clone();
    let (name, _) = modules.into_iter().find(|(_, known)| known.is(module))?;
    let row = registry::resolve(name.downcast_ref::<PyStr>()?.to_str()?)?;
    matches!(row.kind, Kind::Native(_)).then_some(row.name)
}

/// What `from x import *` takes, as a module of exactly these names: those of `__all__`, else those without `_` in front. Not
/// the module itself, which may be anything (`mp_import_all` in `py/runtime.c`).
fn star(module: &PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let found = vm.ctx.new_dict();
    let all = vm.get_attribute_opt(module, "__all__")?;
    let names: Vec<PyObjectRef> = match &all {
        Some(all) => match (all.downcast_ref::<PyList>(), all.downcast_ref::<PyTuple>()) {
            (Some(list), _) => list.borrow_vec().to_vec(),
            (_, Some(tuple)) => tuple.as_slice().to_vec(),
            _ => return Err(vm.new_type_error(format!("object '{}' isn't a tuple or list", all.class().name()))),
        },
        None => public_names(module, vm)?,
    };
    for name in &names {
        let text: PyStrRef = name.clone().try_into_value(vm)?;
        found.set_item(name.as_object(), module.get_attr(&text, vm)?, vm)?;
    }
    found.set_item("__all__", vm.ctx.new_list(names).into(), vm)?;
    Ok(module::new("*", found, vm)?.into())
}

fn public_names(module: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Vec<PyObjectRef>> {
    let mut names = Vec::new();
    let plain =
        |name: &PyObjectRef| name.downcast_ref::<PyStr>().is_some_and(|name| !name.as_bytes().starts_with(b"_"));
    if let Some(class) = module.downcast_ref::<PyType>() {
        let dict = class.attributes().as_dict().map(|dict| dict.copy().into_ref(&vm.ctx));
        names.extend(dict.into_iter().flatten().map(|(name, _)| name));
    } else {
        let dict =
            module.dict().ok_or_else(|| vm.new_no_attribute_error(module.clone(), vm.ctx.new_str("__dict__")))?;
        names.extend(dict.into_iter().map(|(name, _)| name));
    }
    names.retain(plain);
    Ok(names)
}

/// What a built-in module calls itself: since MicroPython 1.21 without the `u`.
fn shown(row: &Module, vm: &VirtualMachine) -> PyResult<&'static str> {
    let alias = row
        .name
        .strip_prefix('u')
        .filter(|plain| registry::find(plain).is_some_and(|m| matches!(m.kind, Kind::Alias(_))));
    Ok(alias.filter(|_| firmware::of(vm).is_ok_and(|f| f.plain_module_names)).unwrap_or(row.name))
}

/// A module's file as the script names it.
struct Found {
    shown: String,
    /// The folder's name as the script sees it, if it is one.
    package: Option<String>,
}

fn no_module(name: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    import_error(format!("no module named '{name}'"), vm)
}
