# cell: ustruct: x generation 2 on only (generation 1: ValueError)
# firmware: 2021 2025 2026
import ustruct
from usr.support import kind

print(kind(ustruct.pack, '<BxH', 1, 2))
print(kind(ustruct.unpack, '<BxH', b'\x01\x00\x02\x00'))
