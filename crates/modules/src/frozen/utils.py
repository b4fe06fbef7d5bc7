# utils: the running CRC-32 of generation 1. Source: the published firmware, core/source/utils_crc32.c. What it calls is
# declared as zlib declares its crc32, so the first value and the last are inverted: update(0, data) is the usual CRC-32.

_POLYNOMIAL = 0xEDB88320
_ALL = 0xFFFFFFFF


def _row(value):
    for _ in range(8):
        value = value >> 1 ^ (_POLYNOMIAL if value & 1 else 0)
    return value


_TABLE = [_row(value) for value in range(256)]


class crc32:
    def __init__(self, *_ignored):
        pass

    def update(self, crc, data):
        """The CRC of what led to `crc`, followed by `data`."""
        if isinstance(data, str):
            data = data.encode()
        crc = crc & _ALL ^ _ALL
        for byte in memoryview(data):
            crc = _TABLE[(crc ^ byte) & 255] ^ crc >> 8
        return crc ^ _ALL
