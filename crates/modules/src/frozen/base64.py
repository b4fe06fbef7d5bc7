# base64: RFC 4648 in its usual alphabets. As everywhere, a str stands for its UTF-8.
# Source: the module contract, std, uhashlib, and ubinascii for what decoding skips and refuses.

_B64 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
_B32 = b'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
_B16 = b'0123456789ABCDEF'
_PAD = 0x3D
# Bytes of one line of encodebytes().
_LINE = 57


class _Coding:
    """A base of 2**bits; `size` bytes make a group of `letters` letters."""

    def __init__(self, alphabet, bits, size, letters):
        self.alphabet = alphabet
        self.values = {alphabet[i]: i for i in range(len(alphabet))}
        self.bits = bits
        self.size = size
        self.letters = letters

    def encode(self, data):
        out = bytearray()
        mask = (1 << self.bits) - 1
        for start in range(0, len(data), self.size):
            group = data[start:start + self.size]
            bits = int.from_bytes(group, 'big') << 8 * (self.size - len(group))
            used = (8 * len(group) + self.bits - 1) // self.bits
            for i in range(self.letters):
                shift = self.bits * (self.letters - 1 - i)
                out.append(self.alphabet[bits >> shift & mask] if i < used else _PAD)
        return bytes(out)

    def decode(self, data, strict):
        """Bytes that are not of the alphabet are skipped, or, when strict, refused."""
        out = bytearray()
        group = count = pads = 0
        for letter in data:
            if letter == _PAD:
                pads += 1
                if count + pads >= self.letters:
                    break
                continue
            value = self.values.get(letter)
            if value is None or pads:
                if strict:
                    raise ValueError('invalid character')
                continue
            group = group << self.bits | value
            count += 1
            if count == self.letters:
                out += group.to_bytes(self.size, 'big')
                group = count = 0
        if count:
            out += self._rest(group, count, pads)
        return bytes(out)

    def _rest(self, group, count, pads):
        spare = count * self.bits % 8
        if count + pads != self.letters or spare >= self.bits:
            raise ValueError('incorrect padding')
        return (group >> spare).to_bytes(count * self.bits // 8, 'big')


_base64 = _Coding(_B64, 6, 3, 4)
_base32 = _Coding(_B32, 5, 5, 8)
_base16 = _Coding(_B16, 4, 1, 2)
_urlsafe = _Coding(_B64[:62] + b'-_', 6, 3, 4)


def _bytes(data):
    return data.encode() if isinstance(data, str) else bytes(data)


def _with(altchars):
    if altchars is None:
        return _base64
    altchars = _bytes(altchars)
    if len(altchars) != 2:
        raise ValueError('altchars must be two characters')
    return _Coding(_B64[:62] + altchars, 6, 3, 4)


def b64encode(s, altchars=None):
    return _with(altchars).encode(_bytes(s))


def b64decode(s, altchars=None, validate=False):
    return _with(altchars).decode(_bytes(s), validate)


def standard_b64encode(s):
    return b64encode(s)


def standard_b64decode(s):
    return b64decode(s)


def urlsafe_b64encode(s):
    return _urlsafe.encode(_bytes(s))


def urlsafe_b64decode(s):
    return _urlsafe.decode(_bytes(s), False)


def b32encode(s):
    return _base32.encode(_bytes(s))


def b32decode(s, casefold=False):
    return _base32.decode(_folded(s, casefold), True)


def b16encode(s):
    return _base16.encode(_bytes(s))


def b16decode(s, casefold=False):
    return _base16.decode(_folded(s, casefold), True)


def _folded(s, casefold):
    data = _bytes(s)
    return data.upper() if casefold else data


def encodebytes(s):
    data = _bytes(s)
    lines = [b64encode(data[i:i + _LINE]) + b'\n' for i in range(0, len(data), _LINE)]
    return b''.join(lines)


def decodebytes(s):
    return b64decode(s)
