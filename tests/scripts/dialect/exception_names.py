# cell: classes that only a desktop Python has do not show: their base does
# firmware: all


def deep():
    deep()


def unbound():
    print(x)
    x = 1


for function in (deep, unbound, lambda: __import__('nope'), lambda: b'\xff'.decode(), lambda: exec('if 1:\n\tx\n  y\n')):
    try:
        function()
    except Exception as e:
        print(type(e).__name__, isinstance(e, (RuntimeError, NameError, ImportError, UnicodeError, SyntaxError)))
        print(repr(e), e.args)
print(ValueError.__name__, type(1).__name__, unbound.__name__)


class Mine(OSError):
    pass


print(Mine.__name__, type(Mine()).__name__)
e = ValueError('x')
for name in ('__cause__', '__context__', 'with_traceback', 'message', 'strerror', 'filename'):
    print(name, hasattr(e, name))
try:
    try:
        raise KeyError('first')
    except KeyError as k:
        raise ValueError('second') from k
except ValueError as v:
    print(repr(v))
try:
    ValueError('x', key=1)
except TypeError as e:
    print(e)
def gen():
    yield 1
    return 5
g = gen()
next(g)
try:
    next(g)
except StopIteration as e:
    print(e.value, e.args, repr(e))
