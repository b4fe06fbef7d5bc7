# cell: where texts, bytes and their formats differ from CPython's
# firmware: micropython


def attempt(call):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__)


attempt(lambda: 'abcdef'[0:5:2])
attempt(lambda: b'abcdef'[::2])
attempt(lambda: (1, 2, 3, 4)[0:4:2])
attempt(lambda: 'a b  c'.rsplit(None, 1))
attempt(lambda: '{0.real}'.format(1))
attempt(lambda: '{a[0]}'.format(a=[1]))
attempt(lambda: str(b'abc', encoding='utf8'))
attempt(lambda: bytes('abc', encoding='utf8'))
attempt(lambda: b'abc'.decode(encoding='utf8'))
attempt(lambda: 'abc'.ljust(5))
attempt(lambda: 'abc'.rjust(5))
attempt(lambda: b'{}'.format(1))
attempt(lambda: '{:,x} {:,b} {:,o}'.format(99, 99, 99))
attempt(lambda: '{:,f} {:_.1f} {:,.2f}'.format(3141.159, 3141.159, 2e6))
attempt(lambda: b'\xff'.decode())
for source in (r"'\N{DIGIT ONE}'", "f'{1!a}'", "f'{\"}\"}'", "1and 0", "1if 1 else 0", "0x1for x in ()"):
    try:
        exec(source)
        print('fine', source)
    except (SyntaxError, NotImplementedError) as e:
        print(type(e).__name__, source)
print(1__0, 1_, 0x_f)
x: int = 3
(x): (1, 2) = 4
print(x)
