# cell: how objects show themselves
# firmware: all


class X:
    def m(self):
        pass

    @staticmethod
    def s():
        pass

    @classmethod
    def c(cls):
        pass

    p = property(None)


class Meta(type):
    pass


def f():
    pass


def g():
    yield


def closure():
    x = 1
    return lambda: x


def shown(*objects):
    # Addresses have one length here and another there.
    for object in objects:
        words = repr(object).split(' at ')
        print(words[0] + (' at ADDRESS>' if len(words) > 1 else ''))


x = X()
shown(X, x, [x], X.m, X.s, f, lambda: 0, g, g(), print, list.append, type, type(x), type(f), type(x.m), type(print))
shown(object, object(), Exception, ValueError(1), type(None), type(g()), int, Meta('Made', (), {}))
shown(iter([]), iter(''), iter({}), iter(range(2)), enumerate([]), zip(), map(f, []), filter(None, []), {}.keys())
shown(type(iter([])), type({}.keys()), type({}.items()), property(), staticmethod(f), classmethod(f), memoryview(b''))
shown(X.__dict__['s'], X.__dict__['c'], X.__dict__['p'], super(X, x))
print(str(X), '%s %r' % (X, X), '{}'.format(X), str(x)[:12])


# What is printed is what __str__ and __repr__ return, and no longer of their class.
class Text(str):
    pass


class Odd:
    def __str__(self):
        return True

    def __repr__(self):
        return Text('odd')


print(str(Odd()), Odd(), [Odd()], type(str(Odd())), type(repr(Text('a'))))
