# cell: OrderedDict: equal in the same order only; deque: indices
# firmware: documented 2025 2026 micropython
from ucollections import OrderedDict, deque

a, b = OrderedDict([('a', 1), ('b', 2)]), OrderedDict([('b', 2), ('a', 1)])
print(a == b, a != b, a == {'b': 2, 'a': 1}, a == OrderedDict(a.items()))
d = deque((1, 2, 3), 3)


def put():
    d[0:1] = ()


for call in (lambda: d[0:1], put, lambda: d['x']):
    try:
        print(call())
    except TypeError as e:
        print('TypeError')
try:
    del d[0]
except TypeError as e:
    print('TypeError', e)
print(d[0], d[-1])
