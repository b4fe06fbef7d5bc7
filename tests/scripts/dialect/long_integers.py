# cell: long_integers
# A module prints and reads integers of any length, and says nothing of the host's limits.
text = str(2 ** 15000)
print(len(text), text[:5], text[-5:])
print(int('9' * 5000) == 10 ** 5000 - 1)
print(len('%d' % (1 << 20000)), len('{:d}'.format(1 << 20000)), len(hex(1 << 20000)), len(repr(-(1 << 20000))))
print(eval('9' * 5000) == 10 ** 5000 - 1)


def said(function):
    try:
        print(function())
    except Exception as e:
        print(type(e).__name__, e)


said(lambda: range(1 << 70))
said(lambda: range(0, 1 << 64, 2))
said(lambda: [1] * (1 << 70))
said(lambda: 'a' * (1 << 70))
said(lambda: 1 << (1 << 70))
said(lambda: 'abc'.center(1 << 70))
print(0 / -1, 0 ** -0.0, 0.0 ** -0.0, -1 / 10 ** 400, 10 ** 400 / 3, 2.0 ** 5000, (-2) ** -3, 2 ** -1, 10 ** -400)
zero, minus = 0, -1
print(zero / minus, zero / 1, False / minus, 7 // 2.0, -7 // 2.0, 7 % -2.0, 1e300 ** 2)
said(lambda: zero ** minus)
said(lambda: 0.0 ** -1)
said(lambda: 1 / 0)
print((-8.0) ** 2, (-2.0) ** -3, 0.0 ** 0)
yes, no = True, False
print(True & True, yes & no, yes | no, yes ^ no, True ^ True, yes & 3, -yes, not yes)
