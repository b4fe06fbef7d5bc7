# uctypes: structures over bytearrays. An address here is a number that addressof() has given for a buffer; there is no
# memory behind any other. Source: the module contract, std, uctypes; the numbers of the types are MicroPython's.
import ustruct

LITTLE_ENDIAN = 0
BIG_ENDIAN = 1
NATIVE = 2

_TYPE = 1 << 27
UINT8 = 0 * _TYPE
INT8 = 1 * _TYPE
UINT16 = 2 * _TYPE
INT16 = 3 * _TYPE
UINT32 = 4 * _TYPE
INT32 = 5 * _TYPE
UINT64 = 6 * _TYPE
INT64 = 7 * _TYPE
BFUINT8 = -8 * _TYPE
BFINT8 = -7 * _TYPE
BFUINT16 = -6 * _TYPE
BFINT16 = -5 * _TYPE
BFUINT32 = -4 * _TYPE
BFINT32 = -3 * _TYPE
FLOAT32 = -2 * _TYPE
FLOAT64 = -1 * _TYPE
VOID = UINT8
SHORT = INT16
USHORT = UINT16
INT = LONG = INT32
UINT = ULONG = UINT32
LONGLONG = INT64
ULONGLONG = UINT64
BF_POS = 17
BF_LEN = 22
PTR = 1 << 29
ARRAY = -1 << 30

# Typecodes of ustruct by the type's number; bit fields by that of the word they are in.
_CODES = 'BbHhIiQqBbHhIifd'
_FIRST_FIELD = 8
_LAST_FIELD = 13
_OFFSET = (1 << BF_POS) - 1
# Where a module's memory begins; and what lies between two buffers, so that none is reached from another.
_START = 0x20000000
_GAP = 64

# Each with its address.
_buffers = []


def addressof(obj):
    if isinstance(obj, struct):
        return obj._address
    for address, known in _buffers:
        if known is obj:
            return address
    if _memory(obj).itemsize != 1:
        raise TypeError('only buffers of bytes have an address here')
    address = _START
    if _buffers:
        last, known = _buffers[-1]
        address = (last + _length(known) + _GAP) // 8 * 8
    _buffers.append((address, obj))
    return address


def _memory(buffer):
    try:
        return memoryview(buffer)
    except TypeError:
        raise TypeError('object with buffer protocol required')


def _length(buffer):
    return len(_memory(buffer))


def _find(address, size):
    """The buffer that an address lies in, and where."""
    for start, buffer in _buffers:
        if start <= address and address + size <= start + _length(buffer):
            return buffer, address - start
    raise ValueError('no buffer is known at 0x%x: only what addressof() gave can be used' % address)


def bytes_at(address, size):
    buffer, at = _find(address, size)
    return bytes(buffer)[at:at + size]


def bytearray_at(address, size):
    buffer, at = _find(address, size)
    return memoryview(buffer)[at:at + size]


def _wrong():
    return TypeError('syntax error in uctypes descriptor')


def _split(number):
    """A number of a descriptor: its type and what is below."""
    return number // _TYPE % 16, number % _TYPE


def _scalar_size(kind):
    return ustruct.calcsize('<' + _CODES[kind])


def _is_array(number):
    return number < 0 and number >> 29 == ARRAY >> 29


def _array_item(parts):
    """How many items an array has, and their descriptor or type."""
    if len(parts) == 3:
        return parts[1], parts[2]
    kind, count = _split(parts[1])
    return count, kind


def _measure(desc, layout):
    """Size and alignment of a field or a structure."""
    if isinstance(desc, int):
        kind, _ = _split(desc)
        size = _scalar_size(kind)
        return size, size
    if isinstance(desc, tuple):
        if _is_array(desc[0]):
            count, item = _array_item(desc)
            size, alignment = (_scalar_size(item),) * 2 if isinstance(item, int) else _measure(item, layout)
            return size * count, alignment
        if desc[0] & PTR:
            return 4, 4
        return _measure(desc[1], layout)
    if not isinstance(desc, dict):
        raise _wrong()
    end = largest = 0
    for field in desc.values():
        start = _place(field)
        size, alignment = _measure(field, layout)
        end = max(end, start + size)
        largest = max(largest, alignment)
    if layout == NATIVE and largest:
        end = (end + largest - 1) // largest * largest
    return end, largest


def _place(field):
    if isinstance(field, int):
        kind, rest = _split(field)
        return rest & _OFFSET if _FIRST_FIELD <= kind <= _LAST_FIELD else rest
    if isinstance(field, tuple):
        return field[0] & ((1 << 29) - 1)
    raise _wrong()


def sizeof(obj, layout=NATIVE):
    if isinstance(obj, struct):
        return _measure(obj._desc, obj._layout)[0]
    if isinstance(obj, (bytearray, memoryview)):
        return len(obj)
    if isinstance(obj, _Array):
        return obj._count * obj._size
    if isinstance(obj, int):
        raise TypeError("can't unambiguously get sizeof scalar")
    if not isinstance(obj, (dict, tuple)):
        raise _wrong()
    return _measure(obj, layout)[0]


class struct:
    def __init__(self, addr, descriptor, layout=NATIVE):
        if not isinstance(addr, int):
            addr = addressof(addr)
        _find(addr, 0)
        _set = object.__setattr__
        _set(self, '_address', addr)
        _set(self, '_desc', descriptor)
        _set(self, '_layout', layout)

    def _field(self, name):
        if not isinstance(self._desc, dict):
            raise TypeError('struct: no fields')
        return self._desc[name]

    def _format(self, kind):
        return ('>' if self._layout == BIG_ENDIAN else '<') + _CODES[kind]

    def _read(self, kind, address):
        buffer, at = _find(address, _scalar_size(kind))
        return ustruct.unpack_from(self._format(kind), buffer, at)[0]

    def _write(self, kind, address, value):
        buffer, at = _find(address, _scalar_size(kind))
        ustruct.pack_into(self._format(kind), buffer, at, value)

    def __getattr__(self, name):
        field = self._field(name)
        address = self._address + _place(field)
        if isinstance(field, tuple):
            return self._aggregate(field, address)
        kind, rest = _split(field)
        if not _FIRST_FIELD <= kind <= _LAST_FIELD:
            return self._read(kind, address)
        position, length = rest >> BF_POS & 31, rest >> BF_LEN & 31
        value = self._read(kind & ~1, address) >> position & (1 << length) - 1
        # The odd ones have a sign.
        return value - (1 << length) if kind & 1 and value >> length - 1 else value

    def _aggregate(self, field, address):
        if _is_array(field[0]):
            count, item = _array_item(field)
            if item == 0:
                return bytearray_at(address, count)
            return _Array(self, address, count, item)
        if field[0] & PTR:
            raise NotImplementedError('there is no memory that a pointer could point to')
        return struct(address, field[1], self._layout)

    def __setattr__(self, name, value):
        field = self._field(name)
        if not isinstance(field, int):
            raise _wrong()
        address = self._address + _place(field)
        kind, rest = _split(field)
        if _FIRST_FIELD <= kind <= _LAST_FIELD:
            kind &= ~1
            position, length = rest >> BF_POS & 31, rest >> BF_LEN & 31
            mask = (1 << length) - 1 << position
            value = self._read(kind, address) & ~mask | value << position & mask
        self._write(kind, address, value)

    def __buffer__(self, flags):
        return bytearray_at(self._address, sizeof(self))

    def __repr__(self):
        return '<struct STRUCT %x>' % self._address


class _Array:
    def __init__(self, owner, address, count, item):
        self._owner = owner
        self._address = address
        self._count = count
        self._item = item
        self._size = _scalar_size(item) if isinstance(item, int) else _measure(item, owner._layout)[0]

    def _at(self, index):
        if not 0 <= index < self._count:
            raise IndexError('struct: index out of range')
        return self._address + index * self._size

    def __len__(self):
        return self._count

    def __getitem__(self, index):
        address = self._at(index)
        if isinstance(self._item, int):
            return self._owner._read(self._item, address)
        return struct(address, self._item, self._owner._layout)

    def __setitem__(self, index, value):
        if not isinstance(self._item, int):
            raise _wrong()
        self._owner._write(self._item, self._at(index), value)

    def __buffer__(self, flags):
        return bytearray_at(self._address, self._count * self._size)
