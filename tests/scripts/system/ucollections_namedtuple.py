# cell: ucollections: namedtuple
# firmware: all
from ucollections import namedtuple

Point = namedtuple('Point', ('x', 'y'))
p = Point(1, y=2)
print(p, p.x, p.y, p[0], p[-1], len(p))
print(p == (1, 2), isinstance(p, tuple), Point.__name__, Point(x='a', y=None))
x, y = p
print(x, y, p + (3,), hash(p) == hash((1, 2)))
print(namedtuple('A', 'a b c')(1, 2, 3), namedtuple('B', ['z'])(0), namedtuple('C', ())())
for args, kwargs in (((1,), {}), ((1, 2, 3), {}), ((1,), {'q': 2}), ((1,), {'x': 2})):
    try:
        Point(*args, **kwargs)
    except TypeError as e:
        print(e)
try:
    p.x = 5
except AttributeError:
    print('AttributeError')
print([name for name in ('_replace', '_make') if hasattr(p, name)])
