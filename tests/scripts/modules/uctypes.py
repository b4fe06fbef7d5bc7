# cell: uctypes: struct, sizeof, addressof, bytes_at, bytearray_at over bytearrays
# firmware: all
import uctypes


def kind(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return type(e).__name__


print([getattr(uctypes, name) for name in ('UINT8', 'INT16', 'UINT32', 'INT64', 'FLOAT32', 'BFUINT16', 'BF_POS', 'ARRAY', 'PTR')])
data = bytearray(range(1, 17))
layout = {
    'a': uctypes.UINT8 | 0,
    'b': uctypes.INT16 | 1,
    'c': uctypes.UINT32 | 4,
    'bits': uctypes.BFUINT8 | 0 | 1 << uctypes.BF_POS | 3 << uctypes.BF_LEN,
    'bytes': (uctypes.ARRAY | 8, 4 | uctypes.UINT8),
    'words': (uctypes.ARRAY | 8, 2 | uctypes.UINT16),
    'inner': (2, {'x': uctypes.UINT8 | 0, 'y': uctypes.UINT16 | 1}),
    'pairs': (uctypes.ARRAY | 8, 2, {'x': uctypes.UINT8 | 0, 'y': uctypes.UINT8 | 1}),
    'f': uctypes.FLOAT32 | 12,
}
for order in (uctypes.LITTLE_ENDIAN, uctypes.BIG_ENDIAN, uctypes.NATIVE):
    s = uctypes.struct(uctypes.addressof(data), layout, order)
    print(s.a, s.b, s.c, s.bits, bytes(s.bytes), s.words[1], s.inner.y, s.pairs[1].y)
    print(uctypes.sizeof(s), uctypes.sizeof(layout, order), uctypes.sizeof(s.inner), uctypes.sizeof(s.pairs))
    s.b, s.bits, s.bytes[2], s.inner.x, s.pairs[0].x, s.f = -2, 5, 44, 7, 9, 1.5
    print(data)
print(kind(lambda: s.nope), kind(lambda: s.words[2]), kind(lambda: s.pairs[9]), kind(setattr, s, 'a', 'x'), kind(setattr, s, 'inner', 5))
print(uctypes.sizeof({'a': uctypes.UINT8, 'b': uctypes.UINT32 | 4, 'c': uctypes.UINT8 | 8}, uctypes.NATIVE), kind(uctypes.sizeof, 5))
address = uctypes.addressof(data)
print(uctypes.bytes_at(address, 4), kind(uctypes.addressof, 5), uctypes.addressof(s) == address, bytes(s)[:4])
part = uctypes.bytearray_at(address + 1, 4)
part[0] = 0x41
print(data[1], uctypes.struct(address + 4, {'z': uctypes.UINT16 | 0}).z)
