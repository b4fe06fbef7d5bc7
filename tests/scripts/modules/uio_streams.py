# cell: uio.StringIO, BytesIO: read, readline, readinto, write, seek, tell, getvalue
# firmware: all
import uio


def error(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return '%s: %s' % (type(e).__name__, e)


for make, text in ((uio.StringIO, 'ab\ncd\n'), (uio.BytesIO, b'ab\ncd\n')):
    s = make(text)
    print(repr(s.read(2)), s.tell(), repr(s.read()), repr(s.read()), s.seek(0), repr(s.readline()), repr(s.readline(1)))
    print(repr(s.readline()), repr(s.readline()), repr(s.getvalue()))
    print(s.seek(-2, 2), repr(s.read()), s.seek(-1, 1), error(s.seek, -1), s.seek(100), repr(s.read()), s.tell())
    s = make(text)
    print(s.write(text[:1]), s.seek(8), s.write(text[:1]), repr(s.getvalue()), s.tell(), error(s.write, 5))
    s, buffer = make(text), bytearray(4)
    print(s.readinto(buffer), buffer, s.readinto(buffer), s.readinto(buffer), buffer)
    s = make()
    print(s.write('xy'), s.write(b'zz'), repr(s.getvalue()), s.flush(), repr(s.read(-1)), s.write(text, 1), s.write(text, 3, 2))
    print(repr(s.getvalue()), repr(make(5).getvalue()), error(make, None), error(make, [1]))
    print(list(make(text)), [line for line in make('q')], hasattr(s, 'readlines'))
    with make(text) as s:
        print(repr(s.read(1)))
    for call in (s.read, s.getvalue, s.readline, lambda: s.write(text)):
        print(error(call))
    print(s.close())
    s = make()
    print('hello', 1, file=s, end=';')
    print(repr(s.getvalue()))
data = bytearray(b'abc')
s = uio.BytesIO(data)
s.write(b'X')
print(data, s.getvalue())


class Mine(uio.BytesIO):
    def first(self):
        return self.read(1)


print(Mine(b'abc').first(), isinstance(Mine(), uio.BytesIO))
