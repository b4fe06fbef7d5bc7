# cell: where classes differ from CPython's: __del__, dir, __init_subclass__, bases, private names, __str__, super
# firmware: documented micropython


class Closed:
    def __del__(self):
        print('never called')


c = Closed()
del c


class Listed:
    def __dir__(self):
        return ['b', 'a', 3]


print(dir(Listed()))


class Base:
    def __init_subclass__(cls, **options):
        print('never called')


class Derived(Base):
    pass


try:
    class WithOption(Base, option=1):
        pass
except TypeError:
    print('a class takes no keywords')


class Left:
    def __init__(self):
        print('left')
        super().__init__()


class Right:
    def __init__(self):
        print('right is not called')


class Both(Left, Right):
    def __init__(self):
        super().__init__()


class Tuple(tuple):
    def __str__(self):
        return 'own'


Both()
print(Tuple((1, 2)))


class Private:
    def __init__(self):
        self.__secret = 5


print(Private().__secret)


class Odd:
    def __str__(self):
        return 7


print(Odd())


class Text(str):
    pass


class Named:
    def __str__(self):
        return Text('named')


print(type(str(Named())) is Text)


class Measured:
    @property
    def value(self):
        return 1


class More(Measured):
    def look(self):
        return super().value


print(isinstance(More().look(), int))
