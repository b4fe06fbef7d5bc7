# cell: in MicroPython hashlib is uhashlib: a digest that was taken ends it
# firmware: micropython
import hashlib

for name in ('sha256',):
    hash = getattr(hashlib, name)(b'ab')
    hash.update(b'c')
    print(name, hash.digest()[:4])
    for call in (hash.digest, lambda: hash.update(b'd')):
        try:
            call()
        except ValueError as e:
            print(e)
