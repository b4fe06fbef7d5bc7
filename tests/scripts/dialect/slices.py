# cell: slices with a step are for lists and ranges only
# firmware: all
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ':', e)


for value in ('abc', b'abc', (1, 2, 3), bytearray(b'abc'), [1, 2, 3], range(3)):
    t(lambda: value[::2])
    t(lambda: value[::-1])
    t(lambda: value[0:2])
    t(lambda: value[::1])
    t(lambda: value[:-1:None])
    t(lambda: value[1])
t(lambda: [1, 2, 3][::0])
