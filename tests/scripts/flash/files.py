# cell: open(): modes, reading and writing, the end of a file
# options: --ephemeral
def number(call, *args):
    try:
        return call(*args)
    except OSError as e:
        return 'OSError(%d)' % e.args[0]


with open('/usr/data.txt', 'w') as f:
    print(f.write('first\n'), f.write('zwölf\n'), f.tell())
with open('/usr/data.txt') as f:
    print(repr(f.readline()), repr(f.read(2)), repr(f.read()), repr(f.read()), repr(f.readline()))
with open('/usr/data.txt', 'a') as f:
    f.write('last')
print([line for line in open('/usr/data.txt')])
print(open('/usr/data.txt', 'rb').readlines())
with open('/usr/data.txt', 'r+b') as f:
    f.seek(2)
    f.write(b'XX')
    f.seek(0)
    print(f.read(6), f.seek(0, 2))
room = bytearray(4)
with open('/usr/data.txt', 'rb') as f:
    print(f.readinto(room), room)
print(number(open, '/usr/none'), number(open, '/usr/none/x', 'w'), number(open, '/usr'), number(open, '/x', 'w'))
f = open('/usr/late', 'w')
f.write('not yet')
print(repr(open('/usr/late').read()))
f.flush()
print(repr(open('/usr/late').read()))
f.close()
f.close()
try:
    f.read()
except ValueError as e:
    print('ValueError', e.args)
for mode in ('', 'rw', 'q', 'b'):
    try:
        open('/usr/late', mode)
    except ValueError:
        print('ValueError', repr(mode))
print(open('/usr/late', encoding='utf-8').read())
