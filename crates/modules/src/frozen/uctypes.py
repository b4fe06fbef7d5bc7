# uctypes: structures over buffers. An address here is a number that addressof() has given for a buffer; there is no
# memory behind any other, which is said when it is used. Source: the module contract, std, uctypes; the numbers of the types are MicroPython's.
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
_BELOW = (1 << 29) - 1
_STRUCT, _POINTER, _ARRAY = 0, 1, 2
# Where a module's memory begins; and what lies between two buffers, so that none is reached from another.
_START = 0x20000000
_GAP = 64

# Each with its address.
_buffers = []


def addressof(obj):
    if isinstance(obj, (struct, _Bytes)):
        return obj._address
    for address, known in _buffers:
        if known is obj:
            return address
    data = obj.encode() if isinstance(obj, str) else obj
    if _memory(data).itemsize != 1:
        raise TypeError('only buffers of bytes have an address here')
    address = _START
    if _buffers:
        last, known = _buffers[-1]
        address = (last + _length(known) + _GAP) // 8 * 8
    _buffers.append((address, data))
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


def _view(address, size):
    buffer, at = _find(address, size)
    return memoryview(buffer)[at:at + size]


def bytes_at(address, size):
    return bytes(_view(address, size))


def _int(number):
    if isinstance(number, int):
        return number
    raise TypeError("can't convert %s to int" % type(number).__name__)


def bytearray_at(address, size):
    return _Bytes(_int(address), size)


class _Window:
    """A bytearray that lies in another buffer."""

    def __init__(self, address, size):
        self._address = address
        self._size = size

    def __len__(self):
        return self._size

    def __getitem__(self, index):
        found = _view(self._address, self._size)[index]
        return bytearray(found) if isinstance(index, slice) else found

    def __setitem__(self, index, value):
        _view(self._address, self._size)[index] = value

    def __iter__(self):
        return iter(_view(self._address, self._size))

    def __eq__(self, other):
        return bytearray(self) == other

    def __add__(self, other):
        return bytearray(self) + other

    def __contains__(self, part):
        return part in bytearray(self)

    def __repr__(self):
        return repr(bytearray(self))

    def __getattr__(self, name):
        return getattr(bytearray(self), name)

    def __buffer__(self, flags):
        return _view(self._address, self._size)


_Bytes = type('bytearray', (_Window,), {})


def _wrong():
    return TypeError('syntax error in uctypes descriptor')


def _split(number):
    """A number of a descriptor: its type and what is below."""
    return number // _TYPE % 16, number % _TYPE


def _scalar_size(kind):
    return ustruct.calcsize('<' + _CODES[kind])


def _kind(desc):
    """What a descriptor in a tuple is of."""
    if len(desc) < 2 or not isinstance(desc[0], int):
        raise _wrong()
    kind = desc[0] // (1 << 29) % 4
    if kind > _ARRAY or len(desc) > (3 if kind == _ARRAY else 2):
        raise _wrong()
    return kind


def _array(desc):
    """How many items an array has, and the descriptor or type of each."""
    if len(desc) == 3:
        return desc[1], desc[2]
    kind, count = _split(desc[1])
    return count, kind


def _measure(desc, layout):
    """Size and alignment of a field or a structure."""
    if isinstance(desc, int):
        kind, _ = _split(desc)
        size = _scalar_size(kind)
        return size, size
    if isinstance(desc, tuple):
        kind = _kind(desc)
        if kind == _STRUCT:
            return _measure(desc[1], layout)
        if kind == _POINTER:
            return 4, 4
        count, item = _array(desc)
        size, alignment = (_scalar_size(item),) * 2 if isinstance(item, int) else _measure(item, layout)
        return size * count, alignment
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
    if isinstance(field, tuple) and _kind(field) in (_STRUCT, _POINTER, _ARRAY):
        return field[0] & _BELOW
    raise _wrong()


def sizeof(obj, layout=None):
    if isinstance(obj, struct):
        if layout is not None:
            raise TypeError('the structure has its layout')
        return _measure(obj._desc, obj._layout)[0]
    if isinstance(obj, (bytearray, memoryview, _Bytes)):
        return len(obj)
    if isinstance(obj, int):
        raise TypeError("can't unambiguously get sizeof scalar")
    if not isinstance(obj, (dict, tuple)):
        raise _wrong()
    return _measure(obj, NATIVE if layout is None else layout)[0]


class struct:
    __hash__ = None

    def __init__(self, addr, descriptor, layout=NATIVE):
        _set = object.__setattr__
        _set(self, '_address', _int(addr))
        _set(self, '_desc', descriptor)
        _set(self, '_layout', layout)

    def _field(self, name):
        if not isinstance(self._desc, dict):
            raise TypeError('struct: no fields')
        return self._desc[name]

    def _format(self, kind):
        return ('>' if self._layout == BIG_ENDIAN else '<') + _CODES[kind]

    def _read(self, kind, address):
        return ustruct.unpack(self._format(kind), _view(address, _scalar_size(kind)))[0]

    def _write(self, kind, address, value):
        ustruct.pack_into(self._format(kind), _view(address, _scalar_size(kind)), 0, value)

    def _pointer(self):
        return self._read(4, self._address)

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
        kind = _kind(field)
        if kind == _STRUCT:
            return struct(address, field[1], self._layout)
        if kind == _ARRAY and len(field) == 2 and _array(field)[1] == 0:
            return bytearray_at(address, _array(field)[0])
        return struct(address, field, self._layout)

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

    def _at(self, index):
        """Where an item of an array is, or of what a pointer points to, and what it is."""
        kind = _kind(self._desc) if isinstance(self._desc, tuple) else _STRUCT
        if kind == _STRUCT:
            raise TypeError("struct: can't index")
        if kind == _POINTER:
            start, item = self._pointer(), self._desc[1]
            item = _split(item)[0] if isinstance(item, int) else item
        else:
            start = self._address
            count, item = _array(self._desc)
            if not 0 <= index < count:
                raise IndexError('struct: index out of range')
        size = _scalar_size(item) if isinstance(item, int) else _measure(item, self._layout)[0]
        return start + index * size, item

    def __getitem__(self, index):
        address, item = self._at(index)
        if isinstance(item, int):
            return self._read(item, address)
        return struct(address, item, self._layout)

    def __setitem__(self, index, value):
        address, item = self._at(index)
        if not isinstance(item, int):
            raise _wrong()
        self._write(item, address, value)

    def __int__(self):
        if isinstance(self._desc, tuple) and _kind(self._desc) == _POINTER:
            return self._pointer()
        raise TypeError("can't convert struct to int")

    def __buffer__(self, flags):
        return _view(self._address, sizeof(self))

    def __repr__(self):
        kind = 'STRUCT' if isinstance(self._desc, dict) else 'ERROR'
        if isinstance(self._desc, tuple):
            kind = ('STRUCT', 'PTR', 'ARRAY', 'ERROR')[self._desc[0] // (1 << 29) % 4]
        return '<struct %s %x>' % (kind, self._address)
