# cell: import of files that mpy-cross has made: found, and refused with what they are
# firmware: 2021 micropython
# options: --ephemeral
# stderr: quecpy: import /usr/other.mpy: format version 3, of MicroPython 1.9.3 to 1.10, bytecode only, 31-bit integers; quecpy runs source: put /usr/other.py in its place, which mpy-cross made it of
# stderr: machine code for armv7m
import usys

usys.path.append('/usr')
usys.path[:] = ['/usr']
own = b'M\x05\x00\x1f' if usys.implementation.version[1] < 19 else b'M\x06\x00\x1f'
files = {'empty': b'', 'text': b'x = 1\n', 'other': b'M\x03\x00\x1f\x20', 'native': own[:2] + bytes([own[2] | 5 << 2]) + own[3:] + b'\x20', 'fits': own + b'\x20'}
for name in ('empty', 'text', 'other', 'native', 'fits'):
    with open('/usr/%s.mpy' % name, 'wb') as f:
        f.write(files[name])
    try:
        __import__(name)
    except (ImportError, ValueError) as e:
        print(type(e).__name__, e)
with open('/usr/fits.py', 'w') as f:
    f.write('answer = 42\n')
import fits

print(fits.answer)
