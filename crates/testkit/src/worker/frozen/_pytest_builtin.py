# Fixtures that every test has.

import _pytest_device
import _quecpy_test
from _pytest_marks import _NotSet

NONE = _NotSet()


class MonkeyPatch:
    def __init__(self):
        self._attributes = []
        self._items = []
        self._path = None
        self._cwd = None

    def setattr(self, target, name, value=NONE, raising=True):
        if isinstance(target, str):
            if value is not NONE:
                raise TypeError("use setattr(target, name, value) or setattr(target, value) with target being a dotted import string")
            value = name
            target, name = _target(target)
        old = getattr(target, name, NONE)
        if raising and old is NONE:
            raise AttributeError("%r has no attribute %r" % (target, name))
        if isinstance(target, type):
            # Not what it inherits, and not bound.
            old = target.__dict__.get(name, NONE)
        self._attributes.append((target, name, old))
        setattr(target, name, value)

    def delattr(self, target, name=NONE, raising=True):
        if isinstance(target, str):
            target, name = _target(target)
        if not hasattr(target, name):
            if raising:
                raise AttributeError(name)
            return
        old = getattr(target, name)
        if isinstance(target, type):
            old = target.__dict__.get(name, NONE)
        self._attributes.append((target, name, old))
        delattr(target, name)

    def setitem(self, dic, name, value):
        self._items.append((dic, name, dic.get(name, NONE)))
        dic[name] = value

    def delitem(self, dic, name, raising=True):
        if name not in dic:
            if raising:
                raise KeyError(name)
            return
        self._items.append((dic, name, dic[name]))
        del dic[name]

    def setenv(self, name, value, prepend=None):
        raise NotImplementedError("a module has no environment variables")

    delenv = setenv

    def syspath_prepend(self, path):
        import usys

        if self._path is None:
            self._path = list(usys.path)
        usys.path.insert(0, str(path))

    def chdir(self, path):
        import uos

        if self._cwd is None:
            self._cwd = uos.getcwd()
        uos.chdir(str(path))

    def context(self):
        return _Context()

    def undo(self):
        while self._attributes:
            target, name, old = self._attributes.pop()
            if old is not NONE:
                setattr(target, name, old)
            else:
                delattr(target, name)
        while self._items:
            dic, name, old = self._items.pop()
            if old is not NONE:
                dic[name] = old
            else:
                dic.pop(name, None)
        if self._path is not None:
            import usys

            usys.path[:] = self._path
            self._path = None
        if self._cwd is not None:
            import uos

            uos.chdir(self._cwd)
            self._cwd = None


class _Context:
    def __enter__(self):
        self.patch = MonkeyPatch()
        return self.patch

    def __exit__(self, *exception):
        self.patch.undo()


MonkeyPatch.context = staticmethod(_Context)


def _target(path):
    parts = path.split(".")
    found = __import__(parts[0])
    for part in parts[1:-1]:
        found = getattr(found, part)
    return found, parts[-1]


def monkeypatch():
    "Replaces attributes and items, and puts them back after the test."
    patch = MonkeyPatch()
    yield patch
    patch.undo()


class CaptureResult(tuple):
    @property
    def out(self):
        return self[0]

    @property
    def err(self):
        return self[1]

    def __repr__(self):
        return "CaptureResult(out=%r, err=%r)" % (self[0], self[1])


class Capture:
    def __init__(self):
        self._was_open = _quecpy_test.pass_on(False)
        self._before = _quecpy_test.printed()

    def readouterr(self):
        return CaptureResult(_quecpy_test.printed())

    def disabled(self):
        return _Disabled(self)

    def _close(self):
        left = _quecpy_test.printed()
        _quecpy_test.put_back(*self._before)
        if self._was_open:
            _quecpy_test.pass_on(True)
        _quecpy_test.put_back(*left)


class _Disabled:
    def __init__(self, capture):
        self.capture = capture

    def __enter__(self):
        self.kept = _quecpy_test.printed()
        _quecpy_test.pass_on(True)

    def __exit__(self, *exception):
        _quecpy_test.pass_on(False)
        _quecpy_test.put_back(*self.kept)


def capsys():
    "What the test prints: capsys.readouterr() has .out and .err."
    capture = Capture()
    yield capture
    capture._close()


class Path(str):
    # The few things of `pathlib` that tests do with `tmp_path`, on the module's flash.
    def __truediv__(self, other):
        return Path("%s/%s" % (self, other))

    def joinpath(self, *others):
        return Path("/".join([str(self)] + [str(o) for o in others]))

    @property
    def name(self):
        return self.split("/")[-1]

    @property
    def stem(self):
        return self.name.rsplit(".", 1)[0]

    @property
    def suffix(self):
        name = self.name
        return "." + name.rsplit(".", 1)[1] if "." in name[1:] else ""

    @property
    def parent(self):
        return Path(self.rsplit("/", 1)[0] or "/")

    def write_text(self, text, encoding=None):
        with open(str(self), "w") as f:
            return f.write(text)

    def read_text(self, encoding=None):
        with open(str(self)) as f:
            return f.read()

    def write_bytes(self, data):
        with open(str(self), "wb") as f:
            return f.write(data)

    def read_bytes(self):
        with open(str(self), "rb") as f:
            return f.read()

    def open(self, mode="r", encoding=None):
        return open(str(self), mode)

    def exists(self):
        return _kind(self) is not None

    def is_dir(self):
        return _kind(self) == 0x4000

    def is_file(self):
        return _kind(self) == 0x8000

    def mkdir(self, mode=0o777, parents=False, exist_ok=False):
        import uos

        if exist_ok and self.is_dir():
            return
        if parents and not self.parent.exists():
            self.parent.mkdir(mode, True, True)
        uos.mkdir(str(self))

    def unlink(self, missing_ok=False):
        import uos

        if missing_ok and not self.exists():
            return
        uos.remove(str(self))

    def rmdir(self):
        import uos

        uos.rmdir(str(self))

    def iterdir(self):
        import uos

        return iter([self / name for name in uos.listdir(str(self))])

    def __fspath__(self):
        return str(self)

    def __str__(self):
        return self[:]

    def __repr__(self):
        return "Path(%s)" % repr(self[:])


def _kind(path):
    import uos

    try:
        return uos.stat(str(path))[0]
    except OSError:
        return None


TEMPORARY = "/bak/test"
_made = {}


def _folder(name):
    base = ""
    for c in name:
        base += c if c.isalpha() or c.isdigit() or c == "_" else "_"
    base = base[:30]
    number = _made.get(base, 0)
    _made[base] = number + 1
    path = Path("%s/%s%d" % (TEMPORARY, base, number))
    path.mkdir(0o777, True, True)
    return path


def tmp_path(request):
    "A new folder of the module's flash."
    return _folder(request._item.name)


class TmpPathFactory:
    def mktemp(self, basename, numbered=True):
        return _folder(basename)

    def getbasetemp(self):
        Path(TEMPORARY).mkdir(0o777, True, True)
        return Path(TEMPORARY)


def tmp_path_factory():
    "Makes folders of the module's flash: tmp_path_factory.mktemp(name)."
    return TmpPathFactory()


def record_property(request):
    "Adds a property to the test in the JUnit file: record_property(name, value)."
    def record(name, value):
        request._item.user_properties.append((str(name), str(value)))

    return record


def pytestconfig(request):
    "The run's configuration."
    return request.config


def install(manager, without):
    for function, scope in (
        (monkeypatch, "function"),
        (capsys, "function"),
        (tmp_path, "function"),
        (tmp_path_factory, "session"),
        (record_property, "function"),
        (pytestconfig, "session"),
    ):
        manager.add(function.__name__, function, scope)
    manager.add("capfd", capsys, "function")
    _pytest_device.install(manager)
