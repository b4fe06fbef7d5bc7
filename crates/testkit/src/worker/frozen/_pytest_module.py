# Collection: the tests of one file, with their classes, marks and parameters.

import _quecpy_test
from _pytest_fixtures import FixtureFunction, SCOPES, required
from _pytest_marks import Mark, MarkDecorator, class_marks, make_ids, own_marks, parameter_sets, NOTSET
from _pytest_outcomes import fail


class Node:
    def __init__(self, name, nodeid, parent):
        self.name = name
        self.nodeid = nodeid
        self.parent = parent
        self.own_markers = []
        self.finalizers = []
        self.config = parent.config if parent is not None else None
        self.session = parent.session if parent is not None else self

    def addfinalizer(self, finalizer):
        self.finalizers.append(finalizer)

    def chain(self):
        nodes, node = [], self
        while node is not None:
            nodes.insert(0, node)
            node = node.parent
        return nodes

    def iter_markers(self, name=None):
        node = self
        while node is not None:
            for mark in node.own_markers:
                if name is None or mark.name == name:
                    yield mark
            node = node.parent

    def get_closest_marker(self, name, default=None):
        for mark in self.iter_markers(name):
            return mark
        return default

    def add_marker(self, marker, append=True):
        if isinstance(marker, str):
            marker = Mark(marker, (), {})
        if isinstance(marker, MarkDecorator):
            marker = marker.mark
        if append:
            self.own_markers.append(marker)
        else:
            self.own_markers.insert(0, marker)

    def __repr__(self):
        return "<%s %s>" % (self.kind, self.name)

    @property
    def keywords(self):
        names = {}
        for node in self.chain():
            names[node.name] = True
            for mark in node.own_markers:
                names[mark.name] = mark
        return names

    def getparent(self, kind):
        return None

    def listchain(self):
        return self.chain()


class Session(Node):
    kind = "Session"


class Module(Node):
    kind = "Module"
    obj = None
    path = ""


class Class(Node):
    kind = "Class"
    obj = None
    _instance = None

    def instance_for_class(self):
        if self._instance is None:
            self._instance = self.obj()
        return self._instance


class CallSpec:
    def __init__(self, funcargs, params, indices, scopes, ids, marks):
        self.funcargs = funcargs
        self.params = params
        self.indices = indices
        self.scopes = scopes
        self.ids = ids
        self.marks = marks

    @property
    def id(self):
        return "-".join(self.ids)


class Function(Node):
    kind = "Function"

    def __init__(self, name, original, parent, obj, callspec, manager):
        name = name if callspec is None or not callspec.ids else "%s[%s]" % (name, callspec.id)
        super().__init__(name, "%s::%s" % (parent.nodeid, name), parent)
        self.originalname = original
        self.function = obj
        self.callspec = callspec
        self.manager = manager
        self.instance = None
        self.funcargs = {}
        self.user_properties = []
        self.definitions = {}
        self.fixturenames = []
        self.argnames = ()
        self.line = 1
        self.stash = {}

    @property
    def cls(self):
        return None if self.class_node is None else self.class_node.obj

    @property
    def module(self):
        return self.module_node.obj

    @property
    def path(self):
        return self.module_node.path

    @property
    def obj(self):
        if self.instance is not None:
            return getattr(self.instance, self.originalname)
        return self.function

    @property
    def class_node(self):
        return self.parent if isinstance(self.parent, Class) else None

    @property
    def module_node(self):
        node = self.parent
        while not isinstance(node, Module):
            node = node.parent
        return node

    def domain(self):
        names = [n.name for n in self.chain() if isinstance(n, (Class, Function))]
        return ".".join(names)


def is_test_function(name, value, prefixes):
    return matches(name, prefixes)


def matches(name, prefixes):
    for prefix in prefixes:
        if name.startswith(prefix):
            return True
    return False


class Collector:
    def __init__(self, module, manager, config):
        self.module = module
        self.manager = manager
        self.config = config
        self.items = []
        self.hooks = []

    def collect(self):
        module = self.module
        module.own_markers.extend(own_marks(module.obj))
        holder = _quecpy_test.namespace(module.obj)
        self.manager.parse(holder, module.nodeid)
        xunit_module(module, self.manager, holder)
        self._members(holder, module)
        return reorder(self.items)

    def _members(self, holder, parent):
        for name, value in holder:
            if isinstance(value, (FixtureFunction, MarkDecorator)) or isinstance(value, type(_quecpy_test)):
                continue
            if isinstance(value, type):
                if matches(name, ["Test"]) and getattr(value, "__test__", True):
                    self._class(name, value, parent)
                continue
            if isinstance(value, (staticmethod, classmethod)):
                value = _quecpy_test.function_of(value)
            if matches(name, ["test"]) and callable(value) and getattr(value, "__test__", True):
                described = _quecpy_test.describe(value)
                if described is not None:
                    self._function(name, value, parent, described)

    def _class(self, name, cls, parent):
        ancestry = list(_quecpy_test.ancestry(cls))
        if "__init__" in [n for base in ancestry[:-1] for n, _ in _quecpy_test.namespace(base)]:
            # As pytest: such a class is not collected, with a warning.
            return
        node = Class(name, "%s::%s" % (parent.nodeid, name), parent)
        node.obj = cls
        node.own_markers.extend(class_marks(cls, ancestry[:-1]))
        # Bases first; an overridden name stays where its own class has it.
        members, seen = [], []
        per_class = []
        for base in ancestry[:-1]:
            own = []
            for member, value in _quecpy_test.namespace(base):
                if member not in seen:
                    seen.append(member)
                    own.append((member, value))
            per_class.insert(0, own)
        for own in per_class:
            members.extend(own)
        self.manager.parse(members, node.nodeid, True)
        xunit_class(node, self.manager, members)
        self._members(members, node)

    def _function(self, name, function, parent, described):
        manager = self.manager
        is_method = isinstance(parent, Class) and not isinstance(
            dict(_quecpy_test.namespace(parent.obj)).get(name), staticmethod
        )
        argnames = list(required(described))
        if is_method and argnames:
            argnames = argnames[1:]
        nodeid = "%s::%s" % (parent.nodeid, name)
        marks = own_marks(function)
        probe = Node(name, nodeid, parent)
        probe.own_markers = marks
        direct = direct_names(probe)
        initial = manager.autouse_names(nodeid)
        for mark in probe.iter_markers("usefixtures"):
            initial.extend([n for n in mark.args if n not in initial])
        initial.extend([n for n in argnames if n not in initial])
        names, definitions = manager.closure_of(initial, nodeid, direct)
        calls = parametrized(probe, names, definitions, argnames, self.hooks, self.module, parent, function)
        for call in calls or [None]:
            item = Function(name, name, parent, function, call, manager)
            item.own_markers = list(marks)
            if call is not None:
                item.own_markers = marks + call.marks
            item.definitions = dict(definitions)
            item.fixturenames = names
            item.argnames = argnames
            item.line = described[3]
            item.file = described[4]
            item.generator = described[5]
            item.coroutine = described[6]
            self.items.append(item)


def direct_names(node):
    names = []
    for mark in node.iter_markers("parametrize"):
        argnames, _ = parameter_sets(mark.args[0] if mark.args else mark.kwargs["argnames"], [])
        indirect = mark.kwargs.get("indirect", False)
        for name in argnames:
            if indirect is False or (indirect is not True and name not in indirect):
                names.append(name)
    return names


class Metafunc:
    def __init__(self, node, names, definitions, argnames, module, parent, function):
        self.definition = node
        self.fixturenames = names
        self.definitions = definitions
        self.argnames = argnames
        self.config = node.config
        self.module = module.obj
        self.cls = parent.obj if isinstance(parent, Class) else None
        self.function = function
        self.calls = None

    def parametrize(self, argnames, argvalues, indirect=False, ids=None, scope=None):
        argnames, sets = parameter_sets(argnames, argvalues)
        node = self.definition
        for one in sets:
            if len(one.values) != len(argnames):
                fail(
                    '%s: in "parametrize" the number of names (%d):\n  %r\nmust be equal to the number of values (%d):\n  %r'
                    % (node.nodeid, len(argnames), argnames, len(one.values), one.values),
                    pytrace=False,
                )
        empty = not sets
        if empty:
            skip = Mark("skip", (), {"reason": "got empty parameter set for (%s)" % ", ".join(argnames)})
            _, sets = parameter_sets(argnames, [[NOTSET] * len(argnames)])
            sets[0].marks = [skip]
            sets[0].id = "NOTSET"
        for name in argnames:
            if name not in self.fixturenames:
                fail(
                    "In %s: function uses no %s '%s'"
                    % (node.name, "fixture" if indirect else "argument", name),
                    pytrace=False,
                )
        made = make_ids(argnames, sets, None if empty else ids)
        if scope is None:
            scope = self._scope(argnames, indirect)
        new = []
        for call in self.calls if self.calls is not None else [CallSpec({}, {}, {}, {}, [], [])]:
            for index, (one, id) in enumerate(zip(sets, made)):
                funcargs, params = dict(call.funcargs), dict(call.params)
                indices, scopes = dict(call.indices), dict(call.scopes)
                for name, value in zip(argnames, one.values):
                    if name in funcargs or name in params:
                        fail("duplicate parametrization of '%s'" % name, pytrace=False)
                    if indirect is True or (indirect and name in indirect):
                        params[name] = value
                    else:
                        funcargs[name] = value
                    indices[name] = index
                    scopes[name] = scope
                ids_now = call.ids + [id] if id != "" or one.id != "" else call.ids
                new.append(CallSpec(funcargs, params, indices, scopes, ids_now, call.marks + list(one.marks)))
        self.calls = new

    def _scope(self, argnames, indirect):
        every = indirect is True or (indirect and len(indirect) == len(argnames))
        if every:
            found = [self.definitions[n][-1].scope for n in argnames if self.definitions.get(n)]
            if found:
                return SCOPES[min([SCOPES.index(s) for s in found])]
        return "function"


def parametrized(node, names, definitions, argnames, hooks, module, parent, function):
    meta = Metafunc(node, names, definitions, argnames, module, parent, function)
    for mark in node.iter_markers("parametrize"):
        meta.parametrize(*mark.args, **mark.kwargs)
    generate = hooks
    own = getattr(module.obj, "pytest_generate_tests", None)
    for hook in generate + ([own] if own is not None else []):
        hook(meta)
    done = []
    if meta.calls:
        done = list(meta.calls[0].funcargs) + list(meta.calls[0].params)
    for name in names:
        found = definitions.get(name)
        if not found or name in done:
            continue
        index = len(found) - 1
        while index >= 0:
            definition = found[index]
            if definition.params is not None:
                meta.parametrize(name, definition.params, True, definition.ids, definition.scope)
                break
            if name not in definition.argnames:
                break
            index -= 1
    return meta.calls


def reorder(items):
    # Tests that share a parameter of a wider scope follow each other, so that each is set up once.
    return reorder_at(items, 0, {}) if len(items) > 2 else items


def keys_of(item, scope):
    call = item.callspec
    if call is None:
        return []
    found = []
    for name in call.indices:
        if call.scopes.get(name) == scope:
            value = call.params.get(name, call.funcargs.get(name))
            try:
                hash(value)
                key = (name, call.indices[name], value)
            except TypeError:
                key = (name, call.indices[name])
            if scope == "class":
                key = key + (id(item.parent),)
            found.append(key)
    return found


def reorder_at(items, level, _):
    if level >= len(SCOPES) - 1 or len(items) < 3:
        return items
    scope = SCOPES[level]
    by_key = {}
    keys = {}
    for item in items:
        own = keys_of(item, scope)
        keys[id(item)] = own
        for key in own:
            by_key.setdefault(key, []).append(item)
    ignore = {}
    queue = list(items)
    done, done_ids = [], {}
    while queue:
        without, without_ids = [], {}
        slicing = None
        while queue:
            item = queue.pop(0)
            if id(item) in done_ids or id(item) in without_ids:
                continue
            own = [k for k in keys[id(item)] if k not in ignore]
            if not own:
                without.append(item)
                without_ids[id(item)] = True
            else:
                slicing = own[-1]
                queue = by_key[slicing] + queue
                break
        if without:
            for item in reorder_at(without, level + 1, _):
                done.append(item)
                done_ids[id(item)] = True
        if slicing is not None:
            ignore[slicing] = True
    return done


# --- setup_module and the like, as fixtures ---


def call_optional(function, argument):
    described = _quecpy_test.describe(function)
    count = len(described[0]) if described is not None else 0
    if count - (1 if _quecpy_test.is_bound(function) else 0) > 0:
        return function(argument)
    return function()


def first_of(holder, names):
    found = dict([(n, v) for n, v in holder if n in names])
    for name in names:
        value = found.get(name)
        if value is not None and not isinstance(value, FixtureFunction):
            return value
    return None


def xunit_module(module, manager, holder):
    setup = first_of(holder, ["setUpModule", "setup_module"])
    teardown = first_of(holder, ["tearDownModule", "teardown_module"])
    if setup is not None or teardown is not None:

        def xunit_setup_module(request):
            if setup is not None:
                call_optional(setup, request.module)
            yield
            if teardown is not None:
                call_optional(teardown, request.module)

        manager.add("_xunit_setup_module_fixture_", xunit_setup_module, "module", None, None, module.nodeid, True)
    before = first_of(holder, ["setup_function"])
    after = first_of(holder, ["teardown_function"])
    if before is not None or after is not None:

        def xunit_setup_function(request):
            if request.cls is None and before is not None:
                call_optional(before, request.function)
            yield
            if request.cls is None and after is not None:
                call_optional(after, request.function)

        manager.add("_xunit_setup_function_fixture_", xunit_setup_function, "function", None, None, module.nodeid, True)


def xunit_class(node, manager, holder):
    names = [n for n, _ in holder]
    cls = node.obj
    if "setup_class" in names or "teardown_class" in names:

        def xunit_setup_class(request):
            if "setup_class" in names:
                call_optional(cls.setup_class, cls)
            yield
            if "teardown_class" in names:
                call_optional(cls.teardown_class, cls)

        manager.add("_xunit_setup_class_fixture_%s" % node.name, xunit_setup_class, "class", None, None, node.nodeid, True)
    if "setup_method" in names or "teardown_method" in names:

        def xunit_setup_method(request):
            instance = request.instance
            if "setup_method" in names:
                call_optional(instance.setup_method, request.function)
            yield
            if "teardown_method" in names:
                call_optional(instance.teardown_method, request.function)

        manager.add("_xunit_setup_method_fixture_%s" % node.name, xunit_setup_method, "function", None, None, node.nodeid, True)
