# cell: uhashlib, generation 1 extras: hash_sha1, hash_base64, aes_ecb
# firmware: 2021 2025
import uhashlib

names = [hasattr(uhashlib, name) for name in ('hash_sha1', 'hash_base64', 'aes_ecb')]
print(names)
if all(names):
    print(uhashlib.hash_sha1(b'abc'), uhashlib.hash_base64(b'ab'))
    print(uhashlib.aes_ecb(b'k' * 16, 'text'), uhashlib.aes_ecb(b'k' * 16, 'text' + '\0' * 12) == uhashlib.aes_ecb(b'k' * 16, 'text'))
