# cell: uhashlib: update, digest; no hexdigest, name, copy, new
# firmware: all
import uhashlib
from ubinascii import hexlify

for make in (uhashlib.sha256, uhashlib.sha1, uhashlib.md5):
    hash = make()
    print(hash.update(b'a'), hash.update('b'), hash.update(bytearray(b'c')))
    print(hexlify(hash.digest()), hexlify(make(b'abc').digest()) == hexlify(make('abc').digest()), hexlify(make().digest()))
    print([hasattr(hash, name) for name in ('hexdigest', 'name', 'copy')])
print(hexlify(uhashlib.sha256(b'x' * 100000).digest()), hasattr(uhashlib, 'new'), uhashlib.sha256())
for wrong in (5, None):
    try:
        uhashlib.sha256(wrong)
    except TypeError:
        print('TypeError')
print(uhashlib.SHA1 is uhashlib.sha1, hexlify(uhashlib.SHA256(b'a').digest())[:8], hexlify(uhashlib.MD5(b'').digest())[:8])
