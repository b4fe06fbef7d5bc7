# cell: where modules differ from CPython's
# firmware: documented micropython
import array
import uerrno
import ujson
import uos
import urandom
import ustruct


def attempt(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__)


attempt(lambda: array.array('b', [1]) == array.array('i', [1]))
attempt(lambda: array.array('b', [257]))
attempt(lambda: 1 in array.array('B', b'12'))
attempt(lambda: array.array('b', (1, 2, 3))[2:0:-1])


def delete(index):
    del array.array('b', (1, 2, 3))[index]


attempt(lambda: delete(1))
print(uerrno.errorcode[95])
attempt(lambda: ujson.dumps({'a': object}) != '')
print(hasattr(uos, 'environ'))
attempt(lambda: urandom.getrandbits(64))
attempt(lambda: urandom.randint(2**128 - 1, 2**128))
attempt(lambda: ustruct.pack('bb', 1))
attempt(lambda: ustruct.pack('bb', 1, 2, 3))
attempt(lambda: ustruct.pack('b b', 1, 2))
