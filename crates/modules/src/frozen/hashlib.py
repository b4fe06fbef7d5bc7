# hashlib: digests that can be asked more than once. Source: the module contract, std, uhashlib.
import _quecpy_firmware
import uhashlib


class _Hash:
    def __init__(self, name, data=b''):
        self.name = name
        self._hash = uhashlib._new(name, data)
        self.digest_size = len(self.digest())
        self.block_size = 128 if name in ('sha384', 'sha512') else 64

    def update(self, data):
        self._hash.update(data)

    def digest(self):
        # A digest ends what it is taken from.
        return self._hash._copy().digest()

    def hexdigest(self):
        return ''.join('%02x' % byte for byte in self.digest())

    def copy(self):
        other = _Hash(self.name)
        other._hash = self._hash._copy()
        return other


def new(name, data=b''):
    return _Hash(name.lower(), data)


def md5(data=b''):
    return _Hash('md5', data)


def sha1(data=b''):
    return _Hash('sha1', data)


def sha224(data=b''):
    return _Hash('sha224', data)


def sha256(data=b''):
    return _Hash('sha256', data)


def sha384(data=b''):
    return _Hash('sha384', data)


def sha512(data=b''):
    return _Hash('sha512', data)


if _quecpy_firmware.hash_is_of_micropython:
    # MicroPython's own; what is beside them its library's package of that name has.
    from uhashlib import md5, sha1, sha256
