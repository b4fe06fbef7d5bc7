# cell: array: comparisons with arrays of other codes, and with bytes
# firmware: documented 2025 2026 micropython
from array import array


def show(compare):
    try:
        return compare()
    except (NotImplementedError, TypeError) as e:
        return type(e).__name__


b, B, i, I, f = array('b', [1, 2]), array('B', [1, 2]), array('i', [1, 2]), array('I', [1, 3]), array('f', [1])
print(show(lambda: b == B), show(lambda: b == i), show(lambda: i == I), show(lambda: f == f), show(lambda: b != B))
print(show(lambda: b == b'\x01\x02'), show(lambda: b == 'x'), show(lambda: b == 5))
print(show(lambda: I > i), show(lambda: I < array('I', [0])), show(lambda: i < i), show(lambda: B <= bytearray(b'\x01')))
print(show(lambda: [] in b), show(lambda: '1' in b), show(lambda: 1 in b))
