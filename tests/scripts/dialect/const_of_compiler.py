# cell: const is the compiler's: names stand for values, those with _ are no variables, what is no constant is refused
# firmware: all
from micropython import const

_SIZE = const(4)
WIDTH = const(_SIZE * 2 + 1)
_WORDS = const(('a', b'b', (_SIZE, None)))
_MASK = const(~(1 << 3) & 0xff)


def use():
    return _SIZE + WIDTH, _WORDS, _MASK


class Board:
    _pins = const(7)
    leds = const(3)

    def count(self):
        return _pins + leds + self.leds


print(use(), Board().count())
print('_SIZE' in globals(), 'WIDTH' in globals(), hasattr(Board, '_pins'), hasattr(Board, 'leds'))


def attempt(source):
    try:
        exec(source)
        print('fine')
    except Exception as e:
        print(type(e).__name__, e)


for source in ('A = const(x)', 'A = const(len("ab"))', 'A = const(1 // 0)', 'A = const(2 << -1)', 'A = const([1])',
               'A = const(1)\nA = const(2)', 'A = const(1)\nA = 2', 'A = const(1)\ndel A', 'A = const(1)\nfor A in (): pass',
               'A = const(1)\ndef f(A): return A', 'A = const(1)\nclass A: pass', 'A = const("x" "y")', 'A = const(not 0)'):
    attempt(source)
