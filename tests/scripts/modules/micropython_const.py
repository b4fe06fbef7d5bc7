# cell: const and the decorators of the compiler
# firmware: all
import micropython
from micropython import const

SIZE = const(5)


@micropython.native
def double(n):
    return n * 2


@micropython.viper
def triple(n: int) -> int:
    return n * 3


print(SIZE, double(SIZE), triple(SIZE))
