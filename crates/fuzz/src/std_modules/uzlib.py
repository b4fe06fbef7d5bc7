import uio
import uzlib


def stream(data, bits, step):
    """All that comes out of a stream, or nothing if it is refused."""
    try:
        source = uzlib.DecompIO(uio.BytesIO(data), bits)
        out = b''
        while True:
            part = source.read(step) if step else source.readline()
            out += part
            if not part:
                return out
    except (ValueError, OSError, EOFError):
        return None


def check(data):
    if not data:
        return
    bits = data[0] - 256 if data[0] > 127 else data[0]
    data = data[1:]
    try:
        whole = uzlib.decompress(data, bits)
    except (ValueError, MemoryError):
        whole = None
    if whole is not None and len(whole) > 100000:
        return
    for step in (1, 7, 4096, 0):
        parts = stream(data, bits, step)
        assert parts == whole, (step, parts, whole)
