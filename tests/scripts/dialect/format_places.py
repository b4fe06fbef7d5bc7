# cell: one place of a format may stand for the whole dict; %r of bytes; separators of numbers
# firmware: micropython
print('%s %(foo)s %(foo)s' % {'foo': 1})
for source in ("'%(foo)s %s' % {'foo': 1}", "'%s %s %(foo)s' % {'foo': 1}"):
    try:
        print(eval(source))
    except TypeError:
        print('TypeError')
print(b'=%s=%r=' % (b'raw', b'shown'), b'%r' % b'x', b'%d%%%r' % (1, b'y'))
for spec in ('{:,}', '{:,d}', '{:,b}', '{:,x}', '{:_X}', '{:#,o}', '{:,.2f}', '{:12,.1f}', '{:,e}'):
    print(spec.format(1234567))
for spec in ('{:,}', '{:,f}', '{:+,.2f}', '{:>14,.1f}', '{:,%}'):
    print(spec.format(98765.4321))
s = b'abc'
print(s.strip() is s, s.lstrip(b'x') is s, b' abc '.strip() == s)
