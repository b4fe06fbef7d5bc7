# cell: uhashlib: frozen modules hashlib and hmac
# firmware: documented 2021 2025 2026
import hashlib
import hmac
from usr.support import kind

for name in ('md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'):
    hash = getattr(hashlib, name)(b'ab')
    hash.update('c')
    print(name, hash.hexdigest(), hash.digest() == hashlib.new(name, b'abc').digest(), hash.digest_size, hash.block_size)
other = hash.copy()
other.update(b'd')
print(other.digest() == hash.digest(), kind(hashlib.new, 'crc'))
# RFC 4231, case 2; RFC 2202, case 2.
print(hmac.new(b'Jefe', b'what do ya want for nothing?', hashlib.sha256).hexdigest())
print(hmac.new('Jefe', 'what do ya want for nothing?', 'md5').hexdigest())
long = hmac.new(b'\xaa' * 131, digestmod='sha256')
long.update(b'Test Using Larger Than Block-Size Key - Hash Key First')
print(long.hexdigest(), long.digest() == long.copy().digest(), hmac.compare_digest(b'a', 'a'))
import uhashlib
print(hmac.new(b'Jefe', b'what do ya want for nothing?', uhashlib.sha256).hexdigest())
