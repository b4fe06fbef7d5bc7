# cell: uio.IOBase: print, print_exception and ujson.load use a script's own stream; what is no stream
# firmware: all
import uio
import ujson
import usys


class Own(uio.IOBase):
    def __init__(self, data=b''):
        self.data = data
        self.written = []

    def write(self, buf):
        self.written.append(bytes(buf))
        return len(buf)

    def readinto(self, buf):
        n = min(len(buf), len(self.data))
        buf[:n] = self.data[:n]
        self.data = self.data[n:]
        return n


class Slow(Own):
    def write(self, buf):
        return Own.write(self, bytes(buf)[:2])


class Wrong(uio.IOBase):
    def write(self, buf):
        return len(buf) + 1

    def readinto(self, buf):
        return len(buf) + 1

    def ioctl(self, request, arg):
        return 0


class Failing(uio.IOBase):
    def write(self, buf):
        return -28

    def readinto(self, buf):
        return None

    def ioctl(self, request, arg):
        return 0


class NoStream:
    def write(self, buf):
        return len(buf)


own = Own()
print('a', 1, file=own)
print('b', 'c', sep='--', end='.', file=own)
print(own.written)
slow = Slow()
print('abcde', file=slow)
print(slow.written)
print(ujson.load(Own(b'{"a": [1, 2]}')))
for call in (
    lambda: print('x', file=Wrong()),
    lambda: print('x', file=Failing()),
    lambda: print('x', file=NoStream()),
    lambda: ujson.load(Wrong()),
    lambda: ujson.load(Failing()),
    lambda: ujson.load(1),
    lambda: usys.print_exception(ValueError(), 1),
):
    try:
        call()
        print('no error')
    except OSError as e:
        print(e)
own = Own()
usys.print_exception(ValueError('x'), own)
print(b''.join(own.written))
