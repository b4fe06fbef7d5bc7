//! What a script can get hold of, walked breadth first from all that it has: its names, every module, and one of every
//! kind of object. Nothing of it leads to the VM: to a frame, to code, to what a function closes over, or to a module
//! that is not the module's.

use quecpy_modules::registry;
use quecpy_runtime::{Options, Outcome, Session, Source, Storage, stdio};
use quecpy_usocket::Semantics;
use rustpython_vm::builtins::{PyCode, PyDict, PyDictRef, PyList, PyModule, PySet, PyStr, PyTuple, PyType};
use rustpython_vm::frame::FrameObject;
use rustpython_vm::import::import_builtin;
use rustpython_vm::stdlib::builtin_module_defs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, VirtualMachine};
use std::collections::{HashSet, VecDeque};

/// One of every kind. What is in `codes` is code that a script may have, as `compile` gives it in MicroPython too.
const POOL: &str = r#"
import uio, ujson, ure, usocket, uselect, _thread, uasyncio, ustruct, uhashlib, ucollections, array, usys, machine

def function(a, b=1, *args, c=2, **kwargs):
    "doc"
    inner = lambda: (a, b)
    return inner

def generator():
    got = yield function
    yield from [1]

async def coroutine():
    pass

class Base:
    attribute = 1
    def method(self): pass
    @staticmethod
    def static(): pass
    @classmethod
    def of_class(cls): pass
    @property
    def value(self): return 1
    def parent(self): return super()

class Slots:
    __slots__ = ('a', 'b')

class Failing:
    def __str__(self): raise ValueError('text')
    __repr__ = __len__ = __iter__ = __call__ = __str__
    def __eq__(self, other): raise ValueError('eq')
    def __hash__(self): return 1
    def __getattr__(self, name): raise KeyError(name)

class Context:
    def __enter__(self): return self
    def __exit__(self, *args):
        pool.extend(args)
        return True

class Error(Exception):
    def __init__(self, *args): pass

codes = [compile('1', '', 'eval'), compile('pass', '', 'exec')]
pool = [function, function(1), generator, generator(), coroutine(), (x for x in ()), lambda: 0, Base, Base(), Base().method,
    Base.of_class, Base.static, Base().parent(), Base.__dict__, Base().__dict__, Slots, Slots(), Failing, Failing, Error(1), print, [].append, str.join,
    'a'.join, len, int, type, object, object(), super, property(), staticmethod(function), classmethod(function), None, ...,
    NotImplemented, True, 1, 1.5, 1j, 'text', b'bytes', bytearray(b'a'), memoryview(b'a'), [1], (1,), {1: 2}, {1},
    range(3), slice(1), iter([]), iter(()), iter({}), iter({}.items()), iter({}.values()), iter(set()), iter(''),
    iter(b''), iter(bytearray()), iter(range(1)), iter(memoryview(b'')), iter(int, 0), map(function, []), filter(None, []), zip(),
    enumerate([]), {}.keys(), {}.values(), {}.items(), globals(), locals(), dir, help,
    uio.StringIO('a'), uio.BytesIO(b'a'), ure.compile('a'), ure.match('a', 'a'), usocket.socket(), uselect.poll(),
    _thread.allocate_lock(), uhashlib.sha256(b''), array.array('b'), ucollections.deque((), 3), ucollections.namedtuple('N', 'a b')(1, 2),
    ucollections.OrderedDict(), usys.stdout, usys.stdin, usys.implementation, usys.version_info, machine.Pin(1, machine.Pin.OUT), machine.Timer(1)]
for make in [lambda: open('/usr/pool', 'w'), lambda: frozenset([1]), lambda: reversed([]), lambda: uasyncio.Event()]:
    try:
        pool.append(make())
    except Exception as e:
        pool.append(e)

async def asynchronous():
    yield 1
pool.extend([asynchronous(), asynchronous().__aiter__(), asynchronous().__anext__(), coroutine().__await__()])
for iterator in list(pool):
    try:
        pool.append(iter(iterator))
        pool.append(next(pool[-1]))
    except Exception as e:
        pool.append(e)

def broken_module():
    import log
    log.__name__ = Failing()
    repr(log)

def broken_names():
    usys.modules['broken'] = Failing()
    import broken
    repr(broken)

failures = [broken_module, broken_names, lambda: 1 / 0, lambda: undefined, lambda: Failing().x, lambda: repr(Failing()), lambda: [][1], lambda: {}['a'],
    lambda: int('a'), lambda: __import__('posix'), lambda: __import__('_frozen_importlib'), lambda: __import__(Failing()),
    lambda: exec('import _imp'), lambda: exec('a b'), lambda: sorted([1, 2], key=lambda x: 1 / 0),
    lambda: list(map(lambda x: 1 / 0, [1])), lambda: max([1, 2], key=Failing()), lambda: '%s' % Failing(), lambda: '{}'.format(Failing()),
    lambda: ujson.dumps(Failing()), lambda: ujson.loads('['), lambda: usocket.socket().connect(('127.0.0.1', 1)), lambda: open('/none'),
    lambda: print(Failing()), lambda: b'\xff'.decode(), lambda: {Failing(): 1, 2: 3}[Failing()], lambda: uasyncio.run(coroutine()), lambda: function(),
    lambda: generator().throw(ValueError('thrown')), lambda: ustruct.unpack('i', b''), lambda: sum(Failing()), lambda: usys.exit(),
    lambda: compile('(', 'x', 'eval'), lambda: getattr(1, 'x'), lambda: help(Failing()), lambda: usys.print_exception(Error(Failing()))]
for failure in failures:
    try:
        failure()
    except BaseException as e:
        pool.append(e)
    with Context():
        failure()
"#;

/// Names that CPython's objects have for what is behind them, whether or not `dir` tells of them.
const NAMES: &str = "__abstractmethods__ __annotate__ __annotations__ __base__ __bases__ __builtins__ __call__ __cause__ \
    __class__ __closure__ __code__ __context__ __defaults__ __dict__ __dir__ __doc__ __file__ __func__ __get__ \
    __getattribute__ __getstate__ __globals__ __init__ __init_subclass__ __kwdefaults__ __loader__ __module__ __mro__ \
    __name__ __new__ __notes__ __objclass__ __origin__ __package__ __path__ __prepare__ __qualname__ __reduce__ __self__ \
    __self_class__ __spec__ __subclasses__ __subclasshook__ __suppress_context__ __thisclass__ __traceback__ \
    __type_params__ __weakref__ __wrapped__ _fields add_note ag_await ag_code ag_frame cell_contents co_code co_consts \
    co_freevars co_names cr_await cr_code cr_frame cr_origin f_back f_builtins f_code f_generator f_globals f_locals \
    f_trace fdel fget fset gi_code gi_frame gi_yieldfrom mapping mro name obj replace tb_frame tb_next tb_lineno";

/// Methods that are called, since what they return may be more than what they are.
const CALLED: &str =
    "__aiter__ __await__ __dir__ __getstate__ __iter__ __reduce__ __subclasses__ copy items keys mro values";

/// How far. Chains of methods of methods have no end.
const DEPTH: usize = 12;

/// An object, the way to it, how long that is, and whether a method made it: of such no methods are called.
struct Step {
    object: PyObjectRef,
    path: String,
    depth: usize,
    made: bool,
}

struct Walk<'a> {
    vm: &'a VirtualMachine,
    seen: HashSet<String>,
    queue: VecDeque<Step>,
    /// Kept alive, so that no address stands for two.
    all: Vec<PyObjectRef>,
    leaks: Vec<String>,
    modules: PyDictRef,
    codes: Vec<PyObjectRef>,
    names: Vec<&'static str>,
    called: Vec<&'static str>,
}

impl Walk<'_> {
    /// What stands for an object. Bound methods are made anew each time.
    fn key(&self, object: &PyObject) -> String {
        let class = object.class();
        let name = class.slot_name().to_string();
        if let Some(text) = object.downcast_ref::<PyStr>() {
            return format!("text {text}");
        }
        let anew = ["built", "method", "wrapper", "getset", "member", "slot", "classmethod_descriptor"];
        if !anew.iter().any(|begin| name.starts_with(begin)) {
            return object.get_id().to_string();
        }
        let text = object.repr(self.vm).map_or_else(|_| object.get_id().to_string(), |text| text.to_string());
        text.split(" at 0x").next().unwrap_or_default().to_owned()
    }

    fn found(&mut self, step: Step) {
        if step.depth > DEPTH || !self.seen.insert(self.key(&step.object)) {
            return;
        }
        if let Some(what) = self.leak(&step.object) {
            self.leaks.push(format!("{what} at {}", step.path));
            return;
        }
        self.all.push(step.object.clone());
        self.queue.push_back(step);
    }

    fn leak(&self, object: &PyObjectRef) -> Option<String> {
        let vm = self.vm;
        let is = |others: &[PyObjectRef]| others.iter().any(|other| other.is(object));
        if object.downcast_ref::<FrameObject>().is_some() {
            return Some("a frame".into());
        }
        if object.downcast_ref::<PyCode>().is_some() && !is(&self.codes) {
            return Some("code".into());
        }
        if object.class().is(vm.ctx.types.cell_type) {
            return Some("a cell".into());
        }
        let own: Vec<PyObjectRef> = self.modules.clone().into_iter().map(|(_, module)| module).collect();
        if object.downcast_ref::<PyModule>().is_some() && !is(&own) {
            let name = object.repr(vm).map_or_else(|_| "<module>".into(), |text| text.to_string());
            let made = name.contains("'misc.") || name.contains("'x'");
            return (!made).then(|| format!("the VM's {name}"));
        }
        let of_the_vm = vm.sys_module.get_attr("modules", vm).ok()?.downcast::<PyDict>().ok()?;
        for (name, module) in of_the_vm {
            let theirs = !is(&own) && !own.iter().any(|own| own.is(&module));
            if theirs && module.dict().is_some_and(|dict| dict.is(object)) {
                return Some(format!("the names of the VM's module {}", name.str(vm).ok()?));
            }
        }
        None
    }

    fn follow(&mut self, step: &Step) {
        let (vm, object, path) = (self.vm, &step.object, &step.path);
        let mut next = vec![(object.class().to_owned().into(), format!("type({path})"), step.made)];
        let listed = vm.dir(Some(object.clone())).map(|names| names.borrow_vec().to_vec()).unwrap_or_default();
        let listed = listed.into_iter().filter_map(|name| Some(name.str(vm).ok()?.to_string()));
        let names: HashSet<String> = listed.chain(self.names.iter().map(|name| (*name).to_owned())).collect();
        for name in names {
            let Ok(value) = object.get_attr(&vm.ctx.new_str(name.as_str()), vm) else { continue };
            if !step.made
                && self.called.contains(&name.as_str())
                && let Ok(result) = value.call((), vm)
            {
                next.push((result, format!("{path}.{name}()"), true));
            }
            next.push((value, format!("{path}.{name}"), step.made));
        }
        let reduced = object.get_attr("__reduce_ex__", vm).and_then(|reduce| reduce.call((2,), vm));
        next.extend(reduced.ok().filter(|_| !step.made).map(|made| (made, format!("{path}.__reduce_ex__(2)"), true)));
        let mut items: Vec<PyObjectRef> = Vec::new();
        if let Some(dict) = object.downcast_ref::<PyDict>() {
            let dict: PyDictRef = dict.to_owned();
            items.extend(dict.into_iter().flat_map(|(key, value)| [key, value]));
        } else if let Some(list) = object.downcast_ref::<PyList>() {
            items.extend(list.borrow_vec().iter().cloned());
        } else if let Some(tuple) = object.downcast_ref::<PyTuple>() {
            items.extend(tuple.as_slice().iter().cloned());
        } else if let Some(set) = object.downcast_ref::<PySet>() {
            items.extend(set.elements());
        }
        next.extend(items.into_iter().map(|item| (item, format!("{path}[...]"), step.made)));
        for (object, path, made) in next {
            self.found(Step { object, path, depth: step.depth + 1, made });
        }
    }
}

fn session(firmware: &str) -> (Session, quecpy_runtime::Printed) {
    let (console, output) = stdio::captured("");
    let firmware = Semantics::named(firmware).expect("a column");
    let options = Options { console, firmware, storage: Storage::Ephemeral, ..Options::default() };
    (Session::new(options).expect("a session"), output)
}

/// Walks from what a script has made; returns how many objects there were, and what it should not have found.
fn walk(firmware: &str) -> (usize, Vec<String>) {
    let (session, output) = session(firmware);
    let imports: String =
        registry::MODULES.iter().map(|m| format!("try: import {}\nexcept ImportError: pass\n", m.name)).collect();
    let outcome = session.run(&Source::text("<test>", format!("{imports}{POOL}")));
    assert_eq!(outcome, Outcome::Done, "{}", output.stderr());
    session.enter(|vm| {
        let modules: PyDictRef =
            vm.sys_module.get_attr("_quecpy_modules", vm).expect("modules").downcast().expect("a dict");
        let main = modules.get_item("__main__", vm).expect("a script");
        let codes = main.get_attr("codes", vm).expect("codes");
        let codes = codes.downcast_ref::<PyList>().expect("a list").borrow_vec().to_vec();
        let mut walk = Walk {
            vm,
            seen: HashSet::new(),
            queue: VecDeque::new(),
            all: Vec::new(),
            leaks: Vec::new(),
            modules: modules.clone(),
            codes,
            names: NAMES.split_whitespace().collect(),
            called: CALLED.split_whitespace().collect(),
        };
        for (name, object) in modules {
            walk.found(Step { object, path: name.str(vm).expect("a name").to_string(), depth: 0, made: false });
        }
        while let Some(step) = walk.queue.pop_front() {
            walk.follow(&step);
        }
        (walk.all.len(), walk.leaks)
    })
}

#[test]
fn nothing_that_a_script_has_leads_to_the_vm() {
    for firmware in ["documented", "2021", "micropython"] {
        let (objects, leaks) = walk(firmware);
        println!("{firmware}: {objects} objects");
        assert!(objects > 3000, "only {objects} objects were found in {firmware}");
        assert!(leaks.is_empty(), "{firmware}: {} of {objects}:\n{}", leaks.len(), leaks.join("\n"));
    }
}

/// Types that a script meets only in objects that the VM makes.
#[test]
fn a_script_makes_no_code_no_functions_and_no_modules_by_their_types() {
    let (session, output) = session("documented");
    let code = r#"
import usys
def f(): yield 1
class C:
    def m(self): pass
async def g(): yield 1
made = [type(f), type(compile('1', '', 'eval')), type(usys), type(f()), type(C().m), type(usys.stdout), type(None), type(print),
    type(C.__dict__), type(usys.implementation), type(g()), type(g().__anext__()), type(iter([])), type({}.keys())]
for kind in made:
    for args in [(), (1,), (compile('1', '', 'eval'), {}), ('x',), (print, 1)]:
        for make in [kind, lambda *args: object.__new__(kind, *args), lambda *args: kind.__new__(kind, *args)]:
            try:
                print(kind, args, make(*args))
            except (TypeError, AttributeError):
                pass
"#;
    assert_eq!(session.run(&Source::text("<test>", code)), Outcome::Done, "{}", output.stderr());
    assert_eq!(output.stdout(), "");
}

#[test]
fn the_vm_has_no_modules_but_those_of_the_registry() {
    let (session, _) = session("documented");
    session.enter(|vm| {
        let own: HashSet<&str> = registry::native_modules(&vm.ctx).iter().map(|m| m.name.as_str()).collect();
        let theirs = vm.state.module_defs.iter().filter(|(name, _)| !own.contains(*name));
        // Empty, or with nothing but what the VM's start asks of them.
        for (name, definition) in theirs {
            let few = definition.methods.len() <= 3 && definition.name.as_str().starts_with("_quecpy_");
            let codec = definition.name.as_str().starts_with("encodings_");
            assert!(few || codec, "{name}");
        }
        for definition in builtin_module_defs(&vm.ctx) {
            let name = definition.name.as_str();
            if let Ok(module) = import_builtin(vm, name) {
                let names = module.dict().expect("a module has names");
                let host =
                    ["system", "fork", "FileIO", "open_code", "dlopen", "create_dynamic", "loads", "signal", "_run"];
                for found in host {
                    assert!(!names.contains_key(found, vm), "{name}.{found}");
                }
            }
        }
        for name in ["posix", "nt", "_ctypes", "_posixsubprocess", "marshal", "_socket", "pwd", "_winapi", "winreg"] {
            assert!(import_builtin(vm, name).is_err(), "{name}");
        }
        let frozen: Vec<_> = vm.state.frozen.keys().filter(|name| registry::find(name).is_none()).collect();
        assert_eq!(frozen, [&"_frozen_importlib"]);
        // The VM's own classes of files are not even made.
        let mut classes = Vec::new();
        let mut left: Vec<_> = vec![vm.ctx.types.object_type.to_owned()];
        while let Some(class) = left.pop() {
            let derived = class.subclasses.read().iter().filter_map(|weak| weak.upgrade()).collect::<Vec<_>>();
            left.extend(derived.into_iter().filter_map(|class| class.downcast::<PyType>().ok()));
            classes.push(class.slot_name().to_string());
        }
        let files: Vec<_> = classes.iter().filter(|name| name.starts_with("_io.") || name.contains("posix")).collect();
        assert!(files.is_empty(), "{files:?}");
    });
}
