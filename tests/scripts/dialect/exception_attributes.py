# cell: attributes of exceptions
# firmware: all
for e in [Exception(1, 2), OSError(5), StopIteration(7), ValueError(), KeyError('k')]:
    for name in ['args', 'value', 'errno', 'strerror', 'x']:
        try:
            print(type(e).__name__, name, getattr(e, name))
        except AttributeError as problem:
            print(problem)
    try:
        e.x = 1
    except AttributeError as problem:
        print(problem)
    e.__traceback__ = None


class Own(Exception):
    pass


own = Own(3)
own.x = 4
own.value = 5
print(own.x, own.value, own.args)


class Old(Exception):
    def __init__(self):
        Exception.__init__(self)


try:
    Old()
except AttributeError as e:
    print(e)
