# cell: ubinascii.a2b_base64 skips invalid characters; b2a_base64 ends with a line end
# firmware: all
import ubinascii
from usr.support import kind

print(ubinascii.b2a_base64(b'abcd'), ubinascii.b2a_base64(''), ubinascii.b2a_base64('a'), ubinascii.b2a_base64(bytearray(b'\xfb\xff')))
for text in ('YWI=', b'YWJj', 'YQ==', 'YWI=\n', 'Y W-I =', '', '=', 'YQ==YQ==', 'YWJjZA==junk'):
    print(ubinascii.a2b_base64(text))
for text in ('YQ', 'YWI', 'Y', 'YQ=', 'Y=Q='):
    try:
        print(ubinascii.a2b_base64(text))
    except ValueError as e:
        print(e)
print(kind(ubinascii.a2b_base64, None), kind(ubinascii.b2a_base64, 5), hasattr(ubinascii, 'crc32'))
