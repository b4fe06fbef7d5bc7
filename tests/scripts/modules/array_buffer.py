# cell: array as a buffer: struct, streams, memoryview, bytes
# firmware: all
from array import array
import ubinascii
import uio
import ustruct

a = array('H', [0, 0])
ustruct.pack_into('<HH', a, 0, 1, 2)
print(a, ustruct.unpack('<HH', a), bytes(a), bytearray(a), ubinascii.hexlify(a))
print(uio.BytesIO(b'abcdef').readinto(a), a, uio.BytesIO(a).read(), uio.BytesIO().write(a))
m = memoryview(a)
m[0] = 5
print(m[0], len(m), a, bytes(memoryview(array('l', [1]))), memoryview(array('L', [2 ** 32 - 1]))[0])
