# cell: array: append, extend, slices, +; never more than whole items
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


a = array('h', [1, 2, 3])
print(a.append(6), error(a.append, 'x'), error(a.append, 1.5), a)
print(a.extend([1, 2]), a.extend(array('h', [3])), a.extend(array('b', [3, 4, 5])), a.extend(b'ab'), a.extend('cd'), a)
print(error(a.extend, 5)[:9], a.extend(i for i in (7, 8)), a)
print(array('b', [1]) + array('b', [2]), array('b', [1]) + array('h', [2]), array('h', [1]) + b'ab', b'a' + array('b', [2]))
print(error(lambda: array('b', [1]) + [2]), error(lambda: [1] + array('b', [2]))[:9], error(lambda: a * 2)[:9])
b = array('b', [1])
c = b
b += array('b', [2])
b += [3]
print(b, c is b)
b.extend(b)
print(b)


def assign(key, value):
    b[key] = value
    return b


def remove(key):
    del b[key]


print(error(assign, cut[1:3], array('b', [7, 8])), error(assign, cut[0:1], b'xyz'), error(assign, cut[2:], array('b')))
print(error(assign, cut[5:9], array('b', [9])), error(assign, cut[0:1], array('h', [1])), error(assign, cut[0:1], [1]))
print(error(assign, cut[::2], b'a'), error(assign, 9, 1), error(assign, 'x', 1), error(assign, 0, 'x'))
print(error(remove, 0), error(remove, cut[0:1]), b)
it = iter(b)
next(it)
b.append(5)
print(list(it))
