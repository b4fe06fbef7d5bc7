# firmware: all
from machine import Timer
from usr.support import fails, raises

for n in 4, -1, 1000:
    fails(Timer, n)
raises(Timer)
raises(Timer, 'x')
raises(Timer, 1 << 70)
t = Timer(2)
raises(t.start, 5)
raises(t.start, 5, 1, print)
raises(t.start, period='x')
raises(t.start, period=1, callback=5)
raises(t.start, period=1, unknown=1)
nothing = lambda t: None
print(t.start(period=0, callback=nothing), t.start(period=-5, callback=nothing))
print(t.start(period=5, mode=9, callback=nothing), t.start(period=1, tick_hz=0, callback=nothing))
print(t.start(freq=0, callback=nothing), t.start(freq=1e-300, callback=nothing), t.start(freq=5000, callback=nothing))
print(t.start(period=1 << 62, callback=nothing), t.stop(), t.start(), t.stop())
