# firmware: documented 2021 2025 micropython
from machine import Pin
from usr.support import fails, raises

for arguments in (0,), (48,), (-1,), (1, 2), (1, 1, 3), (1, 1, 1, 2), (1, 1, 1, -1):
    fails(Pin, *arguments)
p = Pin(47)
fails(p.write, 2)
fails(p.value, -1)
fails(p, 7)
fails(p.init, 9, 0, 0)
fails(p.set_dir, 2)
for arguments in (), ('1',), (1.5,), (None,), (1, None), (1, 1, 0, 0, 0):
    raises(Pin, *arguments)
raises(Pin, 1, level=1)
raises(p.write)
raises(p.write, 'x')
raises(Pin, 1 << 80)
print(p.read(), Pin.GPIO47, hasattr(Pin, 'GPIO0'), hasattr(Pin, 'GPIO48'), hasattr(Pin, 'BLINK_ON'))
