# hmac: RFC 2104 over any digest of hashlib. Source: the module contract, std, uhashlib.
import hashlib


def _bytes(data):
    return data.encode() if isinstance(data, str) else bytes(data)


class HMAC:
    def __init__(self, key, msg=None, digestmod=None):
        if digestmod is None:
            digestmod = 'md5'
        if isinstance(digestmod, str):
            self._make = lambda data=b'': hashlib.new(digestmod, data)
        elif hasattr(digestmod, 'new'):
            self._make = digestmod.new
        else:
            self._make = lambda data=b'': _hashlib(digestmod(data))
        inner = self._make()
        self.block_size = inner.block_size
        self.digest_size = inner.digest_size
        key = _bytes(key)
        if len(key) > self.block_size:
            key = self._make(key).digest()
        key += bytes(self.block_size - len(key))
        inner.update(bytes(byte ^ 0x36 for byte in key))
        self._inner = inner
        self._outer = self._make(bytes(byte ^ 0x5c for byte in key))
        if msg is not None:
            self.update(msg)

    @property
    def name(self):
        return 'hmac-' + self._inner.name

    def update(self, msg):
        self._inner.update(msg)

    def digest(self):
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer.digest()

    def hexdigest(self):
        return ''.join('%02x' % byte for byte in self.digest())

    def copy(self):
        other = HMAC.__new__(HMAC)
        other.__dict__.update(self.__dict__)
        other._inner = self._inner.copy()
        other._outer = self._outer.copy()
        return other


def _hashlib(started):
    """An object of uhashlib, which a digest would end, as one of hashlib."""
    if hasattr(started, 'copy'):
        return started
    # It prints as its name: <sha256>.
    made = hashlib.new(repr(started)[1:-1])
    made._hash = started
    return made


def new(key, msg=None, digestmod=None):
    return HMAC(key, msg, digestmod)


def compare_digest(a, b):
    a, b = _bytes(a), _bytes(b)
    if len(a) != len(b):
        return False
    difference = 0
    for x, y in zip(a, b):
        difference |= x ^ y
    return difference == 0
