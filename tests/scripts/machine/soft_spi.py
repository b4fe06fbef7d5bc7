# firmware: documented 2026
# cell: SoftSPI: a stub in generation 3
from machine import SoftSPI
from usr.support import raises

s = SoftSPI(1, 2, 3)
buffer = bytearray(b'ab')
print(s.read(buffer, 2), s.write(b'x', 1), s.write_read(buffer, b'xy', 2), buffer)
print(type(SoftSPI(gpio_clk=1, gpio_cs=2, gpio_mosi=3, gpio_miso=4, wire_type=SoftSPI.WIRE_4, speed=1, mode=0,
                   cs_active_lvl=SoftSPI.LOW)) is SoftSPI, SoftSPI.WIRE_3 != SoftSPI.WIRE_4)
raises(SoftSPI, 1, 2)
raises(SoftSPI, 1, 2, 99)
