# cell: uctypes: pointers, views, wrong descriptors, what a structure says of itself
# firmware: all
import uctypes

data = b'01'
address = uctypes.addressof(data)
layout = {'bytes': (uctypes.PTR | 0, uctypes.UINT8), 'words': (uctypes.PTR | 0, uctypes.UINT16), 'parts': (uctypes.PTR | 0, {'b': uctypes.UINT8 | 0})}
pointer = address.to_bytes(uctypes.sizeof(layout), 'little')
s = uctypes.struct(uctypes.addressof(pointer), layout, uctypes.LITTLE_ENDIAN)
print(int(s.bytes) == address, s.bytes[0], s.bytes[1], hex(s.words[0]), s.parts[1].b)
room = bytearray(b'01234567')
view = uctypes.bytearray_at(uctypes.addressof(room) + 2, 4)
view[0] = 0x41
print(view, type(view), len(view), room, bytes(view), view[1:3], view == b'A345', uctypes.bytes_at(uctypes.addressof(room), 3))
arrays = uctypes.struct(uctypes.addressof(room), {'u': (uctypes.ARRAY | 0, uctypes.UINT8 | 2), 'i': (uctypes.ARRAY | 2, uctypes.INT8 | 2)})
print(arrays.u, type(arrays.i), arrays.i[1])
arrays.i[0] = -3
arrays.u[1] = 300
print(arrays.i[0], room)
for desc in ({}, [], (uctypes.ARRAY | 0, uctypes.UINT8 | 1), (uctypes.PTR | 0, uctypes.UINT8)):
    print(uctypes.struct(0, desc))
for desc in ([], (), ('text',), (uctypes.PTR * 3,), (0, {}, 1), (uctypes.PTR | 0,), (uctypes.ARRAY | 0,), (uctypes.ARRAY | 0, 1, {}, 1)):
    try:
        print(uctypes.sizeof(desc))
    except TypeError:
        print('TypeError')
for call in (lambda: uctypes.struct(room, {}), lambda: arrays[0], lambda: hash(arrays), lambda: setattr(arrays, 'u', 1),
             lambda: uctypes.sizeof(arrays, uctypes.NATIVE), lambda: uctypes.struct(address, []).x):
    try:
        call()
    except TypeError:
        print('TypeError')
