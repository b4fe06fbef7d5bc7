# cell: the name of a coding says nothing; functions of texts take no keywords
# firmware: all
def t(f):
    try:
        print(f())
    except Exception as e:
        print(type(e).__name__ + ':', e)


t(lambda: str(b'ab', 'gbk'))
t(lambda: str(bytearray(b'ab'), 'utf8'))
t(lambda: str(b'\xff', 'utf-8').encode())
t(lambda: str())
t(lambda: str(b'\xe4\xb8\xad', 'utf-8'))
t(lambda: bytes('ab', 'gbk'))
t(lambda: bytes('中', 'ascii'))
t(lambda: bytes('ab'))
t(lambda: bytes(2))
t(lambda: bytes([1, 2]))
t(lambda: bytearray('ab', 'utf8'))
t(lambda: 'a,b'.split(sep=','))
t(lambda: 'a,b'.split(',', 1))
t(lambda: 'a b'.split())
t(lambda: b'a,b'.rsplit(sep=b','))
t(lambda: b'a,b,c'.rsplit(b',', 1))
t(lambda: b'a'.decode(encoding='utf8'))
t(lambda: 'a'.encode(encoding='utf8'))
