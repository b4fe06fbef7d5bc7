# cell: ustruct.pack_into
# firmware: all
import ustruct
from usr.support import kind

buffer = bytearray(6)
print(ustruct.pack_into('<H', buffer, 2, 0x4142), buffer)
ustruct.pack_into('<H', buffer, -2, 0x4344)
print(buffer)
print(kind(ustruct.pack_into, '<H', buffer, 5, 1), kind(ustruct.pack_into, '<H', buffer, -7, 1), buffer)
