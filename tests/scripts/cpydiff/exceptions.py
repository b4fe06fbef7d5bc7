# cell: where exceptions differ from CPython's
# firmware: documented micropython
import uio
import usys


def attempt(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__)


error = Exception('text')
print(error.value, OSError(2).errno, ValueError().value, KeyError('k').value)
attempt(lambda: setattr(error, 'note', 1))


class Own(Exception):
    def __init__(self):
        Exception.__init__(self, 'own')


attempt(Own)
try:
    try:
        raise TypeError('first')
    except TypeError:
        raise ValueError('second')
except ValueError as e:
    shown = uio.StringIO()
    usys.print_exception(e, shown)
    print(shown.getvalue().count('\n'), shown.getvalue().split('\n')[-2])
print(type(OSError(2)) is OSError, type(OSError(11)) is OSError, isinstance(OSError(2), OSError))
try:
    usys.stdin = None
except AttributeError:
    print('built-in modules take no attributes')
