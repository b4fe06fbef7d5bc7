# firmware: all
# cell: Pin: constructor, read, write, value, call, on, off, init, set_dir, get_dir
from machine import Pin

print(Pin.IN, Pin.OUT, Pin.PULL_DISABLE, Pin.PULL_PU, Pin.PULL_PD, Pin.GPIO1, Pin.GPIO43)
p = Pin(Pin.GPIO5)
print(p, p.read(), p.get_dir())
print(p.write(1), p.read(), p.value(), p())
print(p.value(0), p.read(), p(1), p.read())
p.off()
print(p.read())
p.on()
print(p.read())
print(p.set_dir(Pin.IN), p.get_dir(), p.read())
print(p.init(Pin.OUT, Pin.PULL_DISABLE, 1), p.get_dir(), p.read())
q = Pin(Pin.GPIO5, Pin.IN, Pin.PULL_PU, 0)
print(q is p, p.get_dir(), p.read(), p.write(0))
print(Pin(6, dir=1, pull=Pin.PULL_PD, value=1).read(), Pin(7, Pin.IN, Pin.PULL_PD).read())
