# cell: where lists, bytearrays, views, ranges and dicts differ from CPython's
# firmware: documented micropython


def attempt(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__)


items = [1, 2, 3, 4]

attempt(lambda: exec('items[::2] = [5, 6]'))
attempt(lambda: exec('del items[::2]'))
attempt(lambda: exec('items[0:1] = range(3)'))
attempt(lambda: exec('items[0:1] = (7, 8)'))
print(items)
data = bytearray(4)
attempt(lambda: exec('data[0:1] = [1, 2]'))
attempt(lambda: exec('data[0] = 300'))
view = memoryview(data)
data.extend(b'more')
print(data, len(view))
attempt(lambda: {1: 2}.keys() & {1})
attempt(lambda: (5).bit_length())
attempt(lambda: complex('1 1j'))
attempt(lambda: {1: 2}.keys() | {3})


class Number:
    def __float__(self):
        return 2.5


attempt(lambda: 2.0 * Number())
