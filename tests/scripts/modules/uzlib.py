# cell: uzlib.decompress(data[, wbits]): zlib, raw and gzip; errors
# firmware: all
import uzlib
from ubinascii import unhexlify

zlib = unhexlify('789ccb48cdc9c95728cf2fca4951c800b3c12400696d08c5')
raw = unhexlify('cb48cdc9c95728cf2fca4951c800b3c12400')
gzip = unhexlify('1f8b0800000000000003cb48cdc9c95728cf2fca4951c800b3c12400fe7985e617000000')
for data, arguments in ((zlib, ()), (zlib, (15,)), (zlib, (10, 4096)), (raw, (-15,)), (gzip, (31,)), (bytearray(zlib), ())):
    print(uzlib.decompress(data, *arguments))
print(uzlib.decompress(zlib + b'more'))
for data in (b'', b'garbage', zlib[:10], raw, zlib[:-1] + b'\0'):
    try:
        uzlib.decompress(data)
    except ValueError as e:
        print('ValueError', e.args[0] < 0)
print(hasattr(uzlib, 'compress'))
