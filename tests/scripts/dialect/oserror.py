# cell: OSError: args, errno and text
# firmware: all
def show(e):
    print(str(e), e.args, getattr(e, 'errno', 'no errno'), type(e).__name__)


for args in ((110,), (2,), (2, 'main.py'), (106,), (-2,), (9, 'x'), ('text',), ()):
    e = OSError(*args)
    print(args, '->', str(e), e.args)

try:
    raise OSError(115)
except OSError as e:
    show(e)


class Mine(OSError):
    pass


try:
    raise Mine(107)
except OSError as e:
    show(e)


class Own(OSError):
    def __init__(self, errno, more):
        super().__init__(errno, more)
        self.more = more


class Set(OSError):
    def __init__(self, number):
        self.errno = number


for e in (Own(2, 'f'), Set(5), Mine('x'), Mine(1000), OSError(2, 'f', 3)):
    print(str(e), repr(e), e.args, getattr(e, 'errno', 'no errno'))
print(OSError(2, 'f').args[0], hasattr(OSError(2), 'strerror'), hasattr(OSError(2), 'filename'))
print(hasattr(ValueError('v'), 'errno'), hasattr(OSError(1), 'errno'))
