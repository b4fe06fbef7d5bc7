# cell: bytearray, memoryview and slices of lists
# firmware: all
def attempt(source):
    names = {'b': bytearray(b'abcdef'), 'l': [1, 2, 3, 4]}
    names['m'] = memoryview(names['b'])
    try:
        exec(source, names)
        print(source, '->', names['b'], names['l'], bytes(names['m'][:2]))
    except Exception as e:
        print(source, '->', type(e).__name__, e)


for source in ['b[0] = 300', 'b[-1] = -1', 'b[0] = 1 << 70', 'b[9] = 1', 'b[0] = "a"', 'b[0] = 1.5', 'b[0] = True',
               'b.append(300)', 'b.append("a")', 'b.extend([300, -1])', 'b.extend("xy")', 'b.extend(b)', 'b.extend(1)',
               'b += b', 'b += b"x"', 'b += "x"', 'b += [1, 2]', 'b += 1', 'b *= 2',
               'b[0:1] = b"xyz"', 'b[0:1] = bytearray(b"pq")', 'b[0:1] = memoryview(b"pq")', 'b[0:1] = b',
               'b[0:1] = [1, 2]', 'b[0:1] = "xyz"', 'b[::2] = b"abc"', 'b[10:] = b"z"', 'b[3:1] = b"Z"',
               'del b[0]', 'del b[0:2]', 'm[0] = 300', 'm[0] = -1', 'm[0:2] = b"xy"', 'm[0:2] = b"xyz"',
               'm[0:2] = [1, 2]', 'del m[0]',
               'l[0:1] = range(4)', 'l[1:1] = "ab"', 'l[0:1] = (7, 8)', 'l[::2] = [5, 6]', 'del l[::2]', 'del l[1:3]',
               'l[0:4:1] = [9]', 'l += range(2)']:
    attempt(source)
print(bytearray([256, -1]), bytearray((1 << 70,)), bytearray(b'ab') + 'c')
# It grows while somebody looks at it.
b = bytearray(b'abc')
view = memoryview(b)
for i in range(100):
    b.append(i)
    b.extend(b'xy')
print(len(b), len(view))
