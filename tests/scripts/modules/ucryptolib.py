# cell: ucryptolib.aes: ECB, CBC, CTR
# firmware: all
import ucryptolib
from ubinascii import hexlify, unhexlify
from usr.support import kind

# NIST SP 800-38A: F.1.1, F.1.5, F.2.1, F.5.1
key = unhexlify('2b7e151628aed2a6abf7158809cf4f3c')
long = unhexlify('603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4')
plain = unhexlify('6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51')
iv = unhexlify('000102030405060708090a0b0c0d0e0f')
counter = unhexlify('f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff')
for arguments in ((key, 1), (long, 1), (key, ucryptolib.MODE_CBC, iv), (key, ucryptolib.MODE_CTR, counter)):
    secret = ucryptolib.aes(*arguments).encrypt(plain)
    print(hexlify(secret), ucryptolib.aes(*arguments).decrypt(secret) == plain)
# In two calls, and into a buffer, also the same one.
for arguments in ((key, 2, iv), (key, 6, counter)):
    cipher = ucryptolib.aes(*arguments)
    print(cipher.encrypt(plain[:16]) + cipher.encrypt(plain[16:]) == ucryptolib.aes(*arguments).encrypt(plain))
cipher = ucryptolib.aes(key, 6, counter)
print(cipher.encrypt('abc') + cipher.encrypt(b'defg') == ucryptolib.aes(key, 6, counter).encrypt(b'abcdefg'))
buffer = bytearray(plain)
print(ucryptolib.aes(key, 1, None).encrypt(buffer, buffer) is buffer, buffer[:4])


def error(call, *args):
    try:
        call(*args)
    except ValueError as e:
        print(e)


error(ucryptolib.aes, key, 3)
error(ucryptolib.aes, b'short', 1)
error(ucryptolib.aes, key, 2)
error(ucryptolib.aes, key, 2, b'short')
error(ucryptolib.aes(key, 1).encrypt, b'short')
error(ucryptolib.aes(key, 1).encrypt, plain, bytearray(31))
cipher = ucryptolib.aes(key, 1)
cipher.encrypt(plain)
error(cipher.decrypt, plain)
print(kind(ucryptolib.aes, key), kind(ucryptolib.aes(key, 1).encrypt, plain, b'readonly' * 4), kind(ucryptolib.aes, 5, 1))
print(ucryptolib.MODE_ECB, ucryptolib.MODE_CBC, ucryptolib.MODE_CTR)
