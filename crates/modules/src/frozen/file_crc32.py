# file_crc32: the CRC-32 of a file as utils counts it, begun with all bits set. Source: the published firmware of
# generation 1, core/file_crc32.py.
from utils import crc32

_BLOCK = 4096


def calc(file_name):
    """As hex() prints it; None for a file that is empty or cannot be read."""
    running = crc32()
    value = None
    try:
        with open(file_name, 'rb') as file:
            block = file.read(_BLOCK)
            while block:
                value = running.update(0xFFFFFFFF if value is None else value, block)
                block = file.read(_BLOCK)
    except Exception:
        pass
    return None if value is None else hex(value)
