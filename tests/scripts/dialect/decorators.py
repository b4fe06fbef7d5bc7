# cell: decorators of the compiler's, without an import
# firmware: all
@micropython.native
def double(x):
    return 2 * x


class A:
    @micropython.viper
    def add(self, a: int, b: uint) -> int:
        return a + b

    @micropython.bytecode
    def read(self, p: ptr8, q: ptr16, r: ptr32) -> object:
        return p


print(double(2), A().add(1, 2), A().read(1, 2, 3))
