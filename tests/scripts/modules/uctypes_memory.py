# cell: uctypes: only what addressof() gave can be used
# firmware: all
import uctypes

data = bytearray(8)
for call in (lambda: uctypes.bytes_at(0x40001000, 4), lambda: uctypes.bytes_at(uctypes.addressof(data), 9),
             lambda: uctypes.struct(5, {'a': uctypes.UINT8}).a, lambda: uctypes.bytearray_at(uctypes.addressof(data) - 1, 1)[0]):
    try:
        call()
    except ValueError as e:
        print(str(e).split(' at ')[0])
