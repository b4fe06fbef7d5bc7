# firmware: all
# stderr: ZeroDivisionError
# cell: an exception in a callback is printed and ends nothing
from machine import Timer
from usr.support import wait_for

calls = []


def bad(t):
    calls.append(1)
    if len(calls) == 1:
        1 / 0


t = Timer(0)
t.start(freq=500, callback=bad)
print(wait_for(lambda: len(calls) >= 3), t.stop())
