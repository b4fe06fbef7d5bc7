# firmware: all
# cell: Timer: a fired ONE_SHOT still counts as running
from machine import Timer
from usr.support import wait_for
import utime

t = Timer(0)
seen = []
print(t.start(period=1, mode=Timer.ONE_SHOT, callback=lambda t: seen.append(1)))
print(wait_for(lambda: seen))
print(t.start(period=1, mode=Timer.ONE_SHOT, callback=lambda t: seen.append(2)))
utime.sleep_ms(20)
print(seen)
print(t.stop(), t.start(period=1, mode=Timer.ONE_SHOT, callback=lambda t: seen.append(3)))
print(wait_for(lambda: len(seen) == 2), seen)
