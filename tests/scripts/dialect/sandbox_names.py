# What CPython shows of its own inside is not there, and nothing is made by the types of such things.
# Expected: MicroPython 1.29 unix; `__globals__` is its own, and no module is known to have it.
# firmware: all
import sys


def f():
    x = 1

    def inner():
        return x
    return inner


def g():
    yield 1


class A:
    @property
    def p(self):
        return 1

    @staticmethod
    def s():
        pass

    def m(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        print('exit', kind.__name__, value, has(traceback, 'tb_frame tb_next tb_lineno tb_lasti'))
        return True


def has(thing, names):
    return [name for name in names.split() if hasattr(thing, name)]


FUNCTION = '__globals__ __closure__ __code__ __defaults__ __kwdefaults__ __builtins__ __dict__ __annotations__ __module__'
GENERATOR = 'gi_frame gi_code gi_yieldfrom gi_running'
EXCEPTION = '__traceback__ __context__ __cause__ __suppress_context__ with_traceback add_note __reduce__ __setstate__'
TYPE = '__subclasses__ __mro__ mro __base__ __basicsize__ __flags__ __abstractmethods__ __reduce__ __reduce_ex__ __prepare__'
try:
    1 / 0
except Exception as e:
    print('exception', has(e, EXCEPTION))
    e.__traceback__ = None
    print('exception', has(e, EXCEPTION))
    try:
        e.__traceback__ = 1
    except AttributeError:
        print('AttributeError')
with A():
    1 / 0
print('function', has(f, FUNCTION), has(f(), FUNCTION), has(A().m, FUNCTION), has(g, FUNCTION))
print('method', has(A().m, '__func__ __self__ __reduce__'), has([].append, '__self__ __module__ __reduce__'))
print('native', has(print, '__self__ __module__ __text_signature__ __globals__'))
print('generator', has(g(), GENERATOR), has((x for x in ()), GENERATOR))
print('class', has(A, TYPE), has(int, TYPE), has(type, TYPE), has(object, TYPE))
print('object', has(A(), '__reduce__ __reduce_ex__ __getstate__ __sizeof__ __subclasshook__'))
print('property', has(property(f), 'fget fset fdel'), has(staticmethod(f), '__func__ __wrapped__'))
print('module', has(sys, '__loader__ __spec__ __package__ __builtins__ __annotations__'))
print('code', has(compile('1', '', 'eval'), 'co_code co_consts co_names co_filename replace'))
print('view', has({}.keys(), 'mapping'), has(memoryview(b''), 'obj'))
print('names', [name for name in ('__builtins__', '__loader__', '__spec__', '__package__', '__doc__') if name in globals()])
print(sorted(name for name in dir(sys) if name in ('__loader__', '__spec__', '__package__', '__doc__')))

code = compile('1', '', 'eval')
for kind in (type(f), type(g()), type(sys), type(A().m), type(code), type(print), type(None), type(iter([]))):
    for arguments in ((), ('x',), (code, {}), (f, A())):
        try:
            print(kind, kind(*arguments))
        except TypeError:
            pass
for text in ('list[int]', 'int | str', 'f.__code__.co_consts', "'{0.__class__}'.format(1)"):
    try:
        print(eval(text))
    except Exception as e:
        print(text, type(e).__name__)
for name in ('posix', '_imp', '_io', 'marshal', '_ctypes', '_signal', 'nt', '_frozen_importlib', 'encodings_utf_8', 'codecs'):
    try:
        __import__(name)
        print(name)
    except ImportError:
        pass


class Own:
    pass


Own.x = 1
print(Own.x)
del Own.x
for kind in (int, object, type, ValueError, type(f), type(sys.stdout)):
    for name in ('x', '__init__'):
        try:
            setattr(kind, name, 1)
            print(kind, name)
        except AttributeError as e:
            print(e)
    try:
        delattr(kind, '__class__')
    except AttributeError as e:
        print(e)
