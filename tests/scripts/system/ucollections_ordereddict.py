# cell: ucollections: OrderedDict
# firmware: all
import ujson
from ucollections import OrderedDict

d = OrderedDict()
for key in 'zebra':
    d[key] = ord(key)
print(d)
print(list(d.keys()), 'b' in d, len(d), isinstance(d, dict))
del d['e']
d['e'] = 1
print(list(d.items()))
print(d.popitem(), d.pop('z'), list(d))
print(ujson.dumps(OrderedDict([('b', 1), ('a', 2)])), OrderedDict({'k': 0}).copy())
