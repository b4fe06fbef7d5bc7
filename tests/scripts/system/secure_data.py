# firmware: all
# options: --ephemeral
import SecureData
import securedata

print(securedata is SecureData, SecureData.Read(1, bytearray(4), 4))
print(SecureData.Store(1, bytearray(b'\x31\x32\x33'), 8), SecureData.Store(index=2, databuf='text', datalen=2))
room = bytearray(20)
print(SecureData.Read(1, room, 20), room[:4], SecureData.Read(index=2, databuf=room, datalen=20), room[:4])
print(SecureData.Store(1, bytes(60), 60), SecureData.Read(1, bytearray(99), 99), SecureData.Read(1, bytearray(99), 10))
for index in (0, 17, -1):
    print(SecureData.Store(index, b'x', 1), SecureData.Read(index, room, 1))
print(SecureData.Store(1, b'x', -1), SecureData.Read(1, room, -1), SecureData.Read(1, bytearray(0), 5))
for wrong in (lambda: SecureData.Read(1, b'const', 3), lambda: SecureData.Store(1, 5, 1), lambda: SecureData.Store(1)):
    try:
        print(wrong())
    except TypeError:
        print('TypeError')
