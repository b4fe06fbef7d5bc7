# firmware: all
# cell: Timer: start of a running one stores the callback and does not restart
from machine import Timer
from usr.support import wait_for

t = Timer(3)
seen = []
t.start(period=2, callback=lambda t: seen.append('first'))
wait_for(lambda: seen)
print(t.start(period=1000000, callback=lambda t: seen.append('second')))
print(wait_for(lambda: 'second' in seen), t.stop())
