# Fixtures: what they are, which a test can see, and their making and unmaking.

import _quecpy_test
from _pytest_outcomes import fail, skip, Skipped

SCOPES = ["session", "package", "module", "class", "function"]


class FixtureMarker:
    def __init__(self, scope, params, autouse, ids, name):
        self.scope = scope
        self.params = None if params is None else list(params)
        self.autouse = autouse
        self.ids = ids
        self.name = name

    def __call__(self, function):
        if isinstance(function, type):
            raise ValueError("class fixtures not supported (maybe in the future)")
        if isinstance(function, FixtureFunction):
            raise ValueError(
                "@pytest.fixture is being applied more than once to the same function %r" % (function.__name__,)
            )
        return FixtureFunction(function, self)


class FixtureFunction:
    def __init__(self, function, marker, owner=None):
        self._function = function
        self._marker = marker
        self._owner = owner
        self.__name__ = marker.name or function.__name__

    def __get__(self, instance, owner=None):
        return FixtureFunction(self._function, self._marker, instance)

    def __repr__(self):
        return "<pytest_fixture(%r)>" % (self._function,)

    def __call__(self, *args, **kwargs):
        fail(
            "Fixture \"%s\" called directly. Fixtures are not meant to be called directly,\n"
            "but are created automatically when test functions request them as parameters.\n"
            "See https://docs.pytest.org/en/stable/explanation/fixtures.html for more information about fixtures, and\n"
            "https://docs.pytest.org/en/stable/deprecations.html#calling-fixtures-directly" % self.__name__,
            pytrace=False,
        )


def fixture(function=None, *, scope="function", params=None, autouse=False, ids=None, name=None):
    marker = FixtureMarker(scope, params, autouse, ids, name)
    return marker if function is None else marker(function)


class FixtureDef:
    def __init__(self, name, function, scope, params, ids, baseid, is_method, argnames, generator, where):
        self.argname = name
        self.function = function
        self.scope = scope
        self.params = params
        self.ids = ids
        self.baseid = baseid
        self.is_method = is_method
        self.argnames = argnames
        self.generator = generator
        self.where = where
        self.cached = None
        self.finalizers = []

    def addfinalizer(self, finalizer):
        self.finalizers.append(finalizer)

    def finish(self, request):
        errors = []
        while self.finalizers:
            finalizer = self.finalizers.pop()
            try:
                finalizer()
            except BaseException as e:
                errors.append(e)
        self.cached = None
        if errors:
            raise errors[0]

    def execute(self, request):
        # Whoever this one needs ends it when it ends itself.
        for name in self.argnames:
            if name != "request" and not request._is_direct(name):
                needed = request._definition(name)
                request._value(needed)
                if needed.argname != "request":
                    needed.addfinalizer(Finish(self, request))
        key = request.param_key
        if self.cached is not None:
            if same_key(self.cached[1], key):
                if self.cached[2] is not None:
                    raise self.cached[2]
                return self.cached[0]
            self.finish(request)
        return self.make(request, key)

    def make(self, request, key):
        kwargs = {}
        for name in self.argnames:
            kwargs[name] = request.getfixturevalue(name)
        # Whatever fails from here on leaves a trace that the node cleans up.
        request._node_of_scope().addfinalizer(Finish(self, request))
        try:
            value = call_fixture(self, request, kwargs)
        except BaseException as e:
            if isinstance(e, Skipped):
                # Told as of the test, not of the fixture.
                e.by_mark = True
            self.cached = (None, key, e)
            raise
        self.cached = (value, key, None)
        return value


class Finish:
    def __init__(self, definition, request):
        self.definition = definition
        self.request = request

    def __call__(self):
        self.definition.finish(self.request)


def same_key(a, b):
    try:
        return a is b or bool(a == b)
    except Exception:
        return False


def bind(definition, request):
    function = definition.function
    if not definition.is_method:
        return function
    instance = request.instance
    if instance is None:
        return function
    return Bound(function, instance)


class Bound:
    def __init__(self, function, instance):
        self.function = function
        self.instance = instance

    def __call__(self, *args, **kwargs):
        __tracebackhide__ = True
        return self.function(self.instance, *args, **kwargs)


def call_fixture(definition, request, kwargs):
    __tracebackhide__ = True
    function = bind(definition, request)
    if not definition.generator:
        return function(**kwargs)
    generator = function(**kwargs)
    try:
        value = next(generator)
    except StopIteration:
        raise ValueError("%s did not yield a value" % request.fixturename)
    definition.addfinalizer(Resume(definition, generator))
    return value


class Resume:
    def __init__(self, definition, generator):
        self.definition = definition
        self.generator = generator

    def __call__(self):
        try:
            next(self.generator)
        except StopIteration:
            return
        fail(
            "fixture function has more than one 'yield':\n\n%s" % self.definition.where,
            pytrace=False,
        )


class LookupFailed(LookupError):
    # A fixture that nobody defines; shown in pytest's form.
    def __init__(self, name, request, message=None):
        self.name = name
        self.request = request
        self.message = message
        super().__init__(name)


class Manager:
    def __init__(self):
        self.by_name = {}
        # Where it is seen, names.
        self.autouse = []
        self.seen = []

    def add(self, name, function, scope="function", params=None, ids=None, baseid="", autouse=False, is_method=False):
        described = _quecpy_test.describe(function)
        names, generator, where = (), False, ""
        if described is not None:
            names = required(described)
            if is_method:
                names = names[1:]
            generator = described[5]
            where = "%s:%d" % (described[4], described[3])
        if callable(scope):
            scope = scope(fixture_name=name, config=None)
        if scope not in SCOPES:
            fail(
                "Fixture '%s' from %s got an unexpected scope value '%s'" % (name, baseid, scope), pytrace=False
            )
        definition = FixtureDef(name, function, scope, params, ids, baseid, is_method, names, generator, where)
        known = self.by_name.setdefault(name, [])
        if baseid == "":
            # Those seen everywhere go before those of a place.
            places = [d.baseid for d in known]
            known.insert(len([p for p in places if p == ""]), definition)
        else:
            known.append(definition)
        if autouse:
            self.autouse.append((baseid, name))
        return definition

    def described(self):
        told = []
        for name in self.by_name:
            for definition in self.by_name[name]:
                file, line = definition.where.rsplit(":", 1) if definition.where else ("", "0")
                told.append(
                    {
                        "name": name,
                        "scope": definition.scope,
                        "file": None if file.startswith("_pytest") else file,
                        "line": int(line),
                        "doc": getattr(definition.function, "__doc__", None),
                    }
                )
        return told

    def parse(self, holder, baseid, is_class=False):
        for name, value in holder:
            if isinstance(value, FixtureFunction):
                marker = value._marker
                self.add(
                    marker.name or name,
                    value._function,
                    marker.scope,
                    marker.params,
                    marker.ids,
                    baseid,
                    marker.autouse,
                    is_class,
                )

    def definitions(self, name, nodeid):
        found = self.by_name.get(name)
        if not found:
            return None
        return [d for d in found if seen_from(d.baseid, nodeid)]

    def autouse_names(self, nodeid):
        names = []
        for baseid, name in self.autouse:
            if seen_from(baseid, nodeid) and name not in names:
                names.append(name)
        return names

    def closure_of(self, initial, nodeid, direct):
        # `direct`: names that a parameter gives, whatever fixtures there are.
        # Names in the order of their need, then by scope; and the definitions of each.
        names = []
        definitions = {}
        depth = {}

        def visit(name):
            index = depth.get(name)
            if index == -1:
                return
            if index is None:
                names.append(name)
                depth[name] = -1
            if name == "request" or name in direct:
                return
            found = self.definitions(name, nodeid)
            if not found:
                return
            definitions[name] = found
            index = depth[name]
            if -index > len(found):
                return
            # An override that asks for what it overrides leads to that one's needs too.
            depth[name] = index - 1
            for needed in found[index].argnames:
                visit(needed)
            depth[name] = index

        for name in initial:
            visit(name)

        def rank(name):
            found = definitions.get(name)
            return SCOPES.index(found[-1].scope) if found else len(SCOPES) - 1

        ordered = []
        for scope in range(len(SCOPES)):
            ordered.extend([n for n in names if rank(n) == scope])
        return ordered, definitions


def required(described):
    # Arguments without default; `describe` counts those of both kinds.
    names, defaults, keyword_defaults = described[0], described[1], described[2]
    end = len(names) - defaults - keyword_defaults
    return tuple(names[:end])


def seen_from(baseid, nodeid):
    if baseid == "" or baseid == nodeid:
        return True
    return nodeid.startswith(baseid) and nodeid[len(baseid)] in "/:["


class Request:
    # What a fixture is told of who asks for it.
    def __init__(self, item, parent=None, definition=None):
        self._item = item
        self._parent = parent
        self._definition_of = definition
        self._depth = {} if parent is None else parent._depth
        self.fixturename = definition.argname if definition is not None else None
        self.scope = definition.scope if definition is not None else "function"
        self.param_key = None
        if definition is not None:
            self._set_param()

    def _set_param(self):
        name = self._definition_of.argname
        callspec = self._item.callspec
        if callspec is not None and name in callspec.params and name not in callspec.funcargs:
            self.param = callspec.params[name]
            self.param_index = callspec.indices.get(name, 0)
            self.param_key = self.param
        elif self._definition_of.params is not None:
            fail(
                "The requested fixture has no parameter defined for test:\n    %s\n\n"
                "Requested fixture '%s' defined in:\n%s\n" % (self._item.nodeid, name, self._definition_of.where),
                pytrace=False,
            )

    @property
    def node(self):
        return self._node_of_scope()

    @property
    def config(self):
        return self._item.config

    @property
    def session(self):
        return self._item.module_node.session

    @property
    def fixturenames(self):
        return list(self._item.fixturenames)

    @property
    def keywords(self):
        return self._item.keywords

    @property
    def nodeid(self):
        return self._item.nodeid

    @property
    def function(self):
        self._only("function", "function")
        return self._item.obj

    @property
    def cls(self):
        self._only("cls", "class", "function")
        node = self._item.class_node
        return None if node is None else node.obj

    @property
    def instance(self):
        if self.scope == "class":
            node = self._item.class_node
            return None if node is None else node.instance_for_class()
        return self._item.instance if self.scope == "function" else None

    @property
    def module(self):
        self._only("module", "module", "class", "function")
        return self._item.module_node.obj

    @property
    def path(self):
        return self._item.module_node.path

    def _only(self, what, *scopes):
        if self.scope not in scopes:
            raise AttributeError("%s not available in %s-scoped context" % (what, self.scope))

    def _node_of_scope(self):
        item = self._item
        if self.scope == "function":
            return item
        if self.scope == "class":
            return item.class_node or item.module_node
        if self.scope == "module":
            return item.module_node
        return item.module_node.session

    def addfinalizer(self, finalizer):
        if self._definition_of is not None:
            self._definition_of.addfinalizer(finalizer)
        else:
            self._item.addfinalizer(finalizer)

    def applymarker(self, marker):
        self._item.add_marker(marker)

    def raiseerror(self, message):
        raise LookupFailed(self.fixturename, self, message)

    def getfixturevalue(self, name):
        if name == "request":
            return self
        callspec = self._item.callspec
        if callspec is not None and name in callspec.funcargs:
            return callspec.funcargs[name]
        return self._value(self._definition(name))

    def _is_direct(self, name):
        callspec = self._item.callspec
        return callspec is not None and name in callspec.funcargs

    def _definition(self, name):
        if name == "request":
            return RequestDefinition()
        item = self._item
        found = item.definitions.get(name)
        if found is None:
            found = item.manager.definitions(name, item.nodeid)
            if found:
                item.definitions[name] = found
        if not found:
            raise LookupFailed(name, self)
        # An override that asks for its own name gets the one below it.
        index = len(found) - 1
        asking = self
        while asking is not None:
            if asking._definition_of is not None and asking._definition_of.argname == name:
                index -= 1
            asking = asking._parent
        if index < 0:
            raise LookupFailed(name, self, "recursive dependency involving fixture '%s' detected" % name)
        return found[index]

    def _value(self, definition):
        if isinstance(definition, RequestDefinition):
            return self
        asking = self
        while asking is not None:
            if asking._definition_of is definition:
                raise LookupFailed(definition.argname, self, "recursive dependency involving fixture '%s' detected" % definition.argname)
            asking = asking._parent
        if SCOPES.index(self.scope) < SCOPES.index(definition.scope):
            fail(
                "ScopeMismatch: You tried to access the %s scoped fixture %s with a %s scoped request object. "
                "Requesting fixture stack:\n%s\nRequested fixture:\n%s"
                % (definition.scope, definition.argname, self.scope, self._stack(), describe(definition)),
                pytrace=False,
            )
        callspec = self._item.callspec
        if callspec is not None and definition.argname in callspec.funcargs:
            return callspec.funcargs[definition.argname]
        return definition.execute(Request(self._item, self, definition))

    def _stack(self):
        lines = []
        asking = self
        while asking is not None:
            if asking._definition_of is not None:
                lines.insert(0, describe(asking._definition_of))
            asking = asking._parent
        return "\n".join(lines)


class RequestDefinition:
    argname = "request"
    argnames = ()


def describe(definition):
    path, line = definition.where.rsplit(":", 1) if ":" in definition.where else (definition.where, "1")
    return "%s:  def %s(%s)" % (
        definition.where, definition.function.__name__ if hasattr(definition.function, "__name__") else definition.argname,
        ", ".join(definition.argnames),
    )
