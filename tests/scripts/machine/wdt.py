# firmware: all
# cell: WDT: feed, stop; False where it does not start
from machine import WDT
from usr.support import raises

print(WDT(0), WDT(-5))
dog = WDT(60)
print(dog.feed(), dog.stop(), dog.feed(), dog.stop())
print(WDT(1 << 62).stop())
raises(WDT)
raises(WDT, 'x')
raises(WDT, 1 << 70)
