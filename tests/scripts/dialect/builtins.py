# cell: built-in names that a module has and those that it does not have
# firmware: all
absent = []
for name in '''ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError
ChildProcessError ConnectionError ConnectionResetError DeprecationWarning EOFError EnvironmentError Exception
FileExistsError FileNotFoundError FloatingPointError GeneratorExit IOError ImportError IndentationError IndexError
InterruptedError KeyError KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError
NotImplementedError OSError OverflowError PermissionError RecursionError ReferenceError RuntimeError
StopAsyncIteration StopIteration SyntaxError SystemError SystemExit TabError TypeError UnboundLocalError
UnicodeDecodeError UnicodeError UserWarning ValueError Warning ZeroDivisionError __import__ abs aiter all anext any
ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex copyright credits delattr dict dir
divmod enumerate eval exec exit filter float format getattr globals hasattr hash hex id input int isinstance
issubclass iter len license list locals map max memoryview min next object oct open ord pow print property quit range
repr round set setattr slice sorted staticmethod str sum super tuple type vars zip'''.split():
    try:
        eval(name)
    except NameError:
        absent.append(name)
print(' '.join(absent))


def there(name):
    try:
        return bool(eval(name))
    except NameError:
        return False


print([name for name in ('frozenset', 'reversed', 'TimeoutError', 'execfile') if there(name)])

# A missing class matters only when an exception gets there.
try:
    pass
except FileNotFoundError:
    pass
try:
    try:
        open('missing.txt')
    except ConnectionError:
        print('no')
except NameError as e:
    print(e)
try:
    open('missing.txt')
except OSError as e:
    print(type(e).__name__, type(e) is OSError)
