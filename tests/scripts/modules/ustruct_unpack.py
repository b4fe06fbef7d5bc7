# cell: ustruct.unpack is unpack_from: longer buffers are fine; offset, negative from the end
# firmware: all
import ustruct

print(ustruct.unpack('<HbI', b'\x02\x01\xff\x05\x00\x00\x00'))
print(ustruct.unpack('>hBb', b'\xff\xfe\xff\xff'))
for unpack in (ustruct.unpack, ustruct.unpack_from):
    print(unpack('<H', b'\x01\x02\x03'), unpack('<H', b'\x01\x02\x03', 1), unpack('<H', b'\x01\x02\x03', -2))
print(ustruct.unpack('<q', b'\xff' * 8), ustruct.unpack('<Q', b'\xff' * 8))
print(ustruct.unpack('<f', b'\x00\x00\xc0?'), ustruct.unpack('3s', b'abcd'), ustruct.unpack('<3B', bytearray(b'abc')))
