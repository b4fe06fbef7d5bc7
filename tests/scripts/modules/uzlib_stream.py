# cell: uzlib.DecompIO(stream[, wbits]): read, readinto, readline; ValueError("compression header"), EOFError
# firmware: all
import uio
import uzlib
from ubinascii import unhexlify

zlib = unhexlify('789ccbcf4b55c8c9cc4be52a29cf07338ab94a328a525315e84f72a5e6a50000c71b3455')
gzip = unhexlify('1f8b0800000000000003cbcf4b55c8c9cc4be52a29cf07338ab94a328a525315e84f72a5e6a50000aca3a8d38f000000')
for data, arguments in ((zlib, ()), (gzip, (31,)), (zlib[2:], (-15,)), (gzip, (25, 4))):
    stream = uio.BytesIO(data + b'and more')
    source = uzlib.DecompIO(stream, *arguments)
    buffer = bytearray(6)
    print(source.readline(), source.read(4), source.readinto(buffer), buffer, len(source.readline()))
    print(source.read(), source.read(), source.readline(), stream.read()[-8:])
for data, arguments in ((b'garbage', ()), (gzip, ()), (zlib, (31,))):
    try:
        uzlib.DecompIO(uio.BytesIO(data), *arguments)
    except ValueError as e:
        print(e)
for data in (b'', zlib[:1]):
    try:
        uzlib.DecompIO(uio.BytesIO(data))
    except EOFError:
        print('EOFError')
source = uzlib.DecompIO(uio.BytesIO(zlib[:12]))
try:
    print(source.read(3))
    source.read()
except EOFError:
    print('EOFError')
try:
    uzlib.DecompIO(uio.BytesIO(zlib[:-1] + b'\0')).read()
except OSError as e:
    print(e)
try:
    uzlib.DecompIO(5)
except AttributeError:
    print('AttributeError')
