# firmware: all
# cell: SPI: read, write, write_read; nobody answers
from machine import SPI
from usr.support import fails, raises

print(SPI.SPI0, SPI.SPI1)
s = SPI(1, 0, 1)
buffer = bytearray(b'abcd')
print(s.write(b'hello', 5), s.read(buffer, 2), buffer)
print(s.write_read(buffer, b'hello', 99), buffer)
print(s.write(databuf=b'x', datasize=1), s.read(databuf=buffer, datasize=1))
print(s.write_read(readbuf=buffer, writebuf='text', datasize=3))
print(s.write(b'x', -1), s.read(buffer, -1), s.write_read(buffer, b'x', -1))
fails(SPI, 4, 0, 0)
fails(SPI, -1, 0, 0)
fails(SPI, 0, 4, 0)
fails(SPI, 0, 0, 7)
raises(SPI, 0)
raises(s.read, b'fixed', 1)
raises(s.write, 5, 1)
raises(s.write, b'x')
raises(s.write, b'x', 1 << 70)
