# firmware: all
# cell: ExtInt: enable, disable, line, read_count, count_reset, read_level; the list [gpio, edge]
from machine import ExtInt, Pin
from usr.support import wait_for

print(ExtInt.IRQ_RISING, ExtInt.IRQ_FALLING, ExtInt.IRQ_RISING_FALLING, ExtInt.PULL_PU, ExtInt.GPIO3)
seen = []
both = ExtInt(ExtInt.GPIO3, ExtInt.IRQ_RISING_FALLING, ExtInt.PULL_DISABLE, seen.append)
pin = Pin(3, Pin.OUT, Pin.PULL_DISABLE, 0)
pin.write(1)
pin.write(0)
print(both, both.line(), both.read_count(0), 'silent until enabled')
print(both.enable())
for level in 1, 1, 0, 1:
    pin.write(level)
print(wait_for(lambda: len(seen) == 3), seen)
print(both.read_count(0), both.read_count(1), both.read_count(0), both.read_level())
print(both.disable())
pin.write(0)
print(both.read_count(0), both.read_level())

rising = ExtInt(3, ExtInt.IRQ_RISING, ExtInt.PULL_PD, seen.append)
print(rising is both, rising.enable())
pin.on()
pin.off()
print(rising.read_count(0), rising.count_reset(), rising.read_count(0))
