# cell: ustruct, errors
# firmware: all
import ustruct


def error(call, *args):
    try:
        return call(*args)
    except Exception as e:
        return '%s: %s' % (type(e).__name__, e)


for fmt in ('?', 'n', 'z', '<?', '3'):
    print(error(ustruct.calcsize, fmt))
print(error(ustruct.unpack, '<H', b'\x01'))
print(error(ustruct.unpack, '<H', b'\x01\x02', 1))
print(error(ustruct.unpack, '<H', b'\x01\x02', -3))
print(error(ustruct.pack, '<B', 1.5))
print(error(ustruct.pack, '<B', 'a').split(':')[0])
