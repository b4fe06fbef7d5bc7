# firmware: all
# cell: Timer: start, stop, PERIODIC; the callback gets the timer
from machine import Timer
from usr.support import wait_for

print(Timer.Timer0, Timer.Timer3, Timer.PERIODIC, Timer.ONE_SHOT)
t = Timer(Timer.Timer1)
print(t is Timer(1), t is Timer(2), t.stop())
seen = []


def tick(timer):
    seen.append(timer is t)
    if len(seen) == 3:
        seen.append(timer.stop())


print(t.start(period=1, mode=t.PERIODIC, callback=tick))
print(wait_for(lambda: len(seen) == 4), seen)
print(t.stop(), len(seen))
