# cell: array.array(typecode, iterable/bytes); values wrap silently; other typecodes: ValueError("bad typecode")
# firmware: all
from array import array


class Cut:
    def __getitem__(self, key):
        return key


cut = Cut()


def error(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return '%s: %s' % (type(e).__name__, e)


for code in 'bBhHiIlLqQ':
    print(array(code), array(code, [1, 2]), array(code, [2 ** 64 - 1, -2 ** 63 - 1, 2 ** 100 + 7, True]))
print(array('f', [1.5, 2, 1e300]), array('d', [0.1, 2 ** 70]))
for code in ('x', 's', '?', 'u', ''):
    print(error(array, code, [1]))
print(array('H', b'\x01\x02\x03\x04\x05'), array('b', bytearray(b'ab')), array('h', array('b', [1, 2])), array('i', range(3)))
print(error(array, 'b', ['a']), error(array, 'b', [1.5]), error(array, 'f', ['a']), error(array, 'b', 'abc'))
print(error(array, 'b', 5)[:9], error(array, 5, [1])[:9], error(array)[:9], array('bb', [1]))
a = array('h', [1, 2, 3, 4, 5])
print(len(a), a[0], a[-1], a[1:3], a[:-1], a[10:], a[2:0], bool(a), bool(array('b')), a[True])
for key in (5, -6, 'x', 1.5, cut[::2]):
    print(error(lambda: a[key]))
a[0] = 70000
a[-1] = -1
print(a, list(a), sum(a), a == array('h', [4464, 2, 3, 4, -1]), a == [4464, 2, 3, 4, -1], array('B', b'ab') == bytearray(b'ab'))
print(sorted(array('b', [3, 1])), min(a), ','.join(str(i) for i in a), list(reversed(a)))
print([hasattr(a, name) for name in ('pop', 'insert', 'tolist', 'index', 'tobytes', 'decode')])
for call in (lambda: 1 in a, lambda: hash(a)):
    print(error(call).split(':')[0])


class Samples(array):
    pass


print(Samples('b', [1]))
