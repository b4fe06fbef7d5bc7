# cell: ustruct.pack: too many or few values, integers that overflow: no error
# firmware: documented 2021 2025
import ustruct

print(ustruct.pack('<B', 300), ustruct.pack('<H', -1), ustruct.pack('<I', 2 ** 40 + 5))
print(ustruct.pack('<HH', 1), ustruct.pack('<B', 1, 2), ustruct.pack('4s'))
print(hasattr(ustruct, 'error'))
