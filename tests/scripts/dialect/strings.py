# cell: what a str is: bytes in generation 1, characters later; half characters and binary data
# firmware: all
import uio
import ujson


def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ':', e)


def raw(f):
    t(lambda: f().encode())


t(lambda: (len('中é'), len('中é'.encode()), [len(c) for c in '中é'], '中é'.find('é'), '中' in '中é', '中é' == '中' + 'é'))
t(lambda: (len('\xe9'), '\xe9' == 'é', 'é' < '\xc3', '中' > 'é', {'é': 1}['é'], max('aé') == 'é'))
raw(lambda: '中é'[:2])
raw(lambda: '中é'[-1])
raw(lambda: ''.join(sorted('éa')))
raw(lambda: '中'.replace('\xb8', 'é'))
t(lambda: (ord('\xff'), chr(200).encode(), chr(255) == '\xff'))
t(lambda: ord('é'))
t(lambda: len(eval("'\\u4e2d'")))
# Binary data, and a character in halves.
raw(lambda: bytearray(b'\x7e\xff\x00\x81\xe4').decode())
raw(lambda: str(b'\xff\xc3', 'utf8'))
raw(lambda: b'\xe4\xb8'.decode() + b'\xad'.decode())
t(lambda: len(b'\xe4\xb8\xad'.decode()))
t(lambda: (bytes('é', 'utf8'), bytearray('é', 'utf8'), b'a' + 'é', b'%s' % 'é', 'é' in b'\xc3\xa9', int.from_bytes('é', 'big', 1)))
# Streams and JSON.
s = uio.StringIO('éa')
raw(lambda: s.read(1))
t(lambda: s.tell())
s.seek(1)
raw(lambda: s.read())
t(lambda: ujson.loads(ujson.dumps({'é': ['中', 1]})) == {'é': ['中', 1]})
raw(lambda: ujson.dumps('中"\x01'))
raw(lambda: ujson.loads('"\\u00e9\\u4e2d"'))
# Names are texts too.
变量 = 3
t(lambda: (globals()['变量'], [len(name) for name in globals() if name > 'z']))


class Ä:
    ö = 5

    def ü(self, **ß):
        return ß


t(lambda: (getattr(Ä, 'ö'), len(Ä.__name__), getattr(Ä(), 'ü')(ä=1) == {'ä': 1}, hasattr(Ä, 'ä')))
t(lambda: Ä.ä)
t(lambda: 不在)
print(repr('中'), ['é'], KeyError('é'), 'é', '中', sep='é', end='é\n')
