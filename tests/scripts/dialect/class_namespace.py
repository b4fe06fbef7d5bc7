# cell: what classes, objects and dir() show
# firmware: all


class X:
    "Not kept."
    a = 1

    def m(self):
        "Not kept."


class Y(X):
    pass


class Answer:
    def __dir__(self):
        return 'abc'


def names(object):
    return sorted(name for name in dir(object) if name != '__globals__')


x = X()
x.b = 2
print(sorted(X.__dict__.keys()), x.__dict__, x.__qualname__, x.__module__, type(X.__dict__))
print(names(X), names(x), names(Y()))
print(names([]), names({})[:4], names(set())[:2], names(1), names(None), names(object()))
print(names(names), [n for n in names(ValueError()) if n[0] == '_'], dir(Answer()))
print('x' in dir(), 'append' in dir(list), '__len__' in dir(list))
for what in ['X.__doc__', 'x.__doc__', 'names.__doc__', 'names.__module__', '[].__len__', '[].__iter__', '(1).__add__',
             "'a'.__len__", 'Exception.__init__', 'list.__init__', 'Y.__init__', 'X.__eq__',             'dict.__len__', '[].__dict__']:
    try:
        eval(what)
        print(what)
    except AttributeError as e:
        print(what, e)
print({}.__getitem__ and iter([1]).__next__(), object.__init__ and object.__setattr__ and True)
