# cell: ustruct: floats of two bytes
# firmware: documented 2025 2026 micropython
import ustruct

for n in (0, -0.0, 1, 1.5, -2, 0.001, 1e-7, 65504, 65519, 65520, float('inf'), -float('inf')):
    packed = ustruct.pack('<e', n)
    print(n, packed, ustruct.unpack('<e', packed)[0] == n, ustruct.pack('>e', n) == bytes([packed[1], packed[0]]))
print(ustruct.calcsize('be'), ustruct.calcsize('3e'), ustruct.unpack('<e', ustruct.pack('<e', float('nan')))[0])
