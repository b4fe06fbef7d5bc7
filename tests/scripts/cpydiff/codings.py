# cell: names of codings are looked at: three are known
# firmware: micropython


def attempt(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)


for coding in ('utf-8', 'utf8', 'ascii', 'latin-1', 'utf-16'):
    attempt(lambda: b'ab'.decode(coding))
    attempt(lambda: bytes('ab', coding))
    attempt(lambda: str(b'ab', coding))
    attempt(lambda: 'ab'.encode(coding))
attempt(lambda: '\u00e4'.encode('ascii'))
attempt(lambda: '\u00e4'.encode('ascii', 'ignore'))
attempt(lambda: b'\xc3\xa4'.decode('ascii'))
print(repr('\u200b\x7f\t'))
