# firmware: documented
# cell: OneWire: nobody answers, and the line stays high
from machine import OneWire
from usr.support import raises

w = OneWire(5)
print(w.reset(), w.read(2), w.read(0), w.write(b'\xcc'), w.write('x'))
raises(w.read, -1)
raises(w.read, 1 << 60)
raises(w.write, 5)
raises(OneWire, 99)
raises(OneWire)
