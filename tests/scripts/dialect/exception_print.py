# cell: print_exception: str of a class is not asked, repr is; arguments; no message
# firmware: all
import usys


class WithStr(Exception):
    def __str__(self):
        return 'my str'


class WithRepr(Exception):
    def __repr__(self):
        return 'my repr'


class Taking(Exception):
    def __init__(self, a):
        self.a = a


class Passing(Exception):
    def __init__(self, a):
        super().__init__(a, 1)


class Key(KeyError):
    pass


for e in (
    WithStr(1),
    WithRepr(1),
    Taking(1),
    Passing(3),
    Key('k'),
    KeyError('k'),
    KeyError(1, 2),
    KeyError(),
    ValueError(),
    ValueError(''),
    ValueError('a'),
    ValueError('a', 1),
    ValueError(None),
    SystemExit(1),
    KeyboardInterrupt(),
    StopIteration(3),
    OSError('text'),
    UnicodeError('u'),
):
    print(str(e), repr(e), e.args)
    usys.print_exception(e)
