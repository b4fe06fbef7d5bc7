# cell: uio.open; FileIO, TextIOWrapper; SEEK_ constants absent
# firmware: documented 2021 2025 micropython
# options: --ephemeral
import uio

with uio.open('/usr/x.txt', 'w') as f:
    print(isinstance(f, uio.TextIOWrapper), f.write('one\ntwo\n'))
with uio.open('/usr/x.txt', 'rb') as f:
    print(isinstance(f, uio.FileIO), isinstance(f, uio.TextIOWrapper), f.read())
f = uio.open('/usr/x.txt', encoding='utf-8')
print(list(f), uio.close(f), hasattr(uio, 'SEEK_SET'))
try:
    f.read()
except ValueError:
    print('ValueError')
try:
    uio.open('/usr/none')
except OSError as e:
    print(e)


class Stream(uio.IOBase):
    def write(self, text):
        self.got = text


s = Stream()
s.write('x')
print(s.got)
