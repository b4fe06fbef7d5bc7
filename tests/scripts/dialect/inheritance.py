# cell: super() and several bases, as MicroPython looks them up
# firmware: all


class A:
    def __init__(self):
        print('A')

    def f(self):
        return 'A.f'

    @property
    def p(self):
        return 1

    @classmethod
    def made(cls):
        return cls.__name__


class B(A):
    def __init__(self):
        print('B')
        super().__init__()

    def p(self):
        return super().p

    @classmethod
    def made(cls):
        return 'B ' + super().made()


class C(A):
    def __init__(self):
        print('C')
        super().__init__()

    def f(self):
        return 'C.f'

    def __str__(self):
        return 'a C'


class D(B, C):
    def __init__(self):
        print('D')
        super().__init__()


class Alone:
    def __init__(self):
        print('Alone')
        super().__init__()


class Mixed(Alone, C):
    pass


d = D()
print(d.f(), d, B.made(), D.made(), type(B().p()).__name__)
Mixed()


class Named:
    def __str__(self):
        return 'named'


class Pair(tuple, Named):
    pass


print(Pair((1, 2)), type(super(D, d)).__name__)


class Failure(Exception):
    def __init__(self, code):
        super().__init__('code', code)
        self.code = code


class Numbers(list):
    def __init__(self):
        super().__init__((1, 2))

    def append(self, number):
        super().append(number * 2)


numbers = Numbers()
numbers.append(4)
print(numbers, Failure(3).args, Failure(4).code)
for what in ['super(D, d).nothing', 'super(Alone, Alone()).f', 'super(Numbers, numbers).__len__', 'super(D)']:
    try:
        print(eval(what))
    except Exception as e:
        print(type(e).__name__, e)


# __init_subclass__ is a method as others, and classes take no keywords.
class Base:
    def __init_subclass__(cls):
        print('not called')


class Derived(Base):
    pass


print(type(Base.__init_subclass__).__name__)
for source in ['class E(Base, x=1): pass', 'class E(metaclass=type): pass']:
    try:
        exec(source)
    except TypeError as e:
        print(e)
