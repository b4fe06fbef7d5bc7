# file_sha256: the SHA-256 of a file. Source: the published firmware of generation 1, core/file_sha256.py.
import hashlib

_BLOCK = 4096


def calc(file_name):
    """Hexadecimal digits; None for a file that is empty or cannot be read."""
    digest = hashlib.sha256()
    empty = True
    try:
        with open(file_name, 'rb') as file:
            block = file.read(_BLOCK)
            while block:
                empty = False
                digest.update(block)
                block = file.read(_BLOCK)
    except Exception:
        pass
    return None if empty else digest.hexdigest()
