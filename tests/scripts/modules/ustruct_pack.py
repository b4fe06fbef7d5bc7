# cell: ustruct.pack
# firmware: all
import ustruct

print(ustruct.pack('<HbI', 258, -1, 5))
print(ustruct.pack('>Hl', 258, -2))
print(ustruct.pack('!I', 0x01020304), ustruct.pack('bI', 1, 2))
print(ustruct.pack('<q', -1), ustruct.pack('<Q', 2 ** 64 - 1))
print(ustruct.pack('<f', 1.5), ustruct.pack('>d', 1.5), ustruct.pack('<f', 2))
print(ustruct.pack('3s', b'abcdef'), ustruct.pack('5s', b'ab'), ustruct.pack('3s', 'xy'))
print(ustruct.pack('<3B', 1, 2, 3), ustruct.pack('2s1b', b'ab', 5))
