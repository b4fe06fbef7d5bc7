import ustruct


def check(data):
    if not data:
        return
    count = data[0] % 16
    form, rest = data[1:1 + count], data[1 + count:]
    try:
        size = ustruct.calcsize(form)
    except ValueError:
        return
    if size > 100000:
        return
    buffer = (rest * (size // len(rest) + 1))[:size] if rest else bytes(size)
    values = ustruct.unpack(form, buffer)
    packed = ustruct.pack(form, *values)
    assert len(packed) == size, (form, size, len(packed))
    again = ustruct.unpack(form, packed)
    # NaN is not itself.
    assert repr(again) == repr(values), (form, values, again)
    assert ustruct.pack(form, *again) == packed
    room = bytearray(size + 5)
    ustruct.pack_into(form, room, 3, *values)
    assert bytes(room[3:3 + size]) == packed and not any(room[:3]) and not any(room[3 + size:])
    assert repr(ustruct.unpack_from(form, room, 3)) == repr(values)
    if size:
        try:
            ustruct.unpack(form, buffer[1:])
            assert False
        except ValueError:
            pass
