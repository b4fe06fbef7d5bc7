# cell: ubinascii.hexlify(data[, sep]), unhexlify
# firmware: all
import ubinascii

print(ubinascii.hexlify(b'\x01\xab'), ubinascii.hexlify('ab'), ubinascii.hexlify(bytearray(b'\xff\x00')))
print(ubinascii.hexlify(b'abc', ':'), ubinascii.hexlify(b'abc', b'--'), ubinascii.hexlify(b'', ':'), ubinascii.hexlify(b'ab', ''))
print(ubinascii.unhexlify('01aB'), ubinascii.unhexlify(b'ff00'), ubinascii.unhexlify(''))
for call in (lambda: ubinascii.hexlify(5), lambda: ubinascii.hexlify(b'ab', 5), lambda: ubinascii.unhexlify(5)):
    try:
        call()
    except TypeError:
        print('TypeError')
