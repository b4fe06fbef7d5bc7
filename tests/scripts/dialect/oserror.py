# cell: OSError: args, errno and text
def show(e):
    print(str(e), e.args, e.errno, type(e).__name__)


for args in ((110,), (2,), (2, 'main.py'), (106,), (-2,), (9, 'x'), ('text',), ()):
    e = OSError(*args)
    print(args, '->', str(e), e.args)

try:
    raise OSError(115)
except OSError as e:
    show(e)


class Mine(OSError):
    pass


# FIXME: in a class derived from OSError errno is 107 and the text [Errno 107] ENOTCONN on the module.
try:
    raise Mine(107)
except OSError as e:
    show(e)
