# cell: osTimer: an exception in a callback is printed and swallowed; callbacks run one at a time
# firmware: all
# stderr: Traceback (most recent call last):
# stderr: ValueError: in a callback
import osTimer
import usys
import utime
from queue import Queue

calls = Queue()
running = 0


def fail(_):
    raise ValueError('in a callback')


def leave(_):
    usys.exit()


def slow(_):
    global running
    running += 1
    utime.sleep_ms(10)
    calls.put(running)
    running -= 1


osTimer().start(1, 0, fail)
osTimer().start(2, 0, leave)
for _ in range(3):
    osTimer().start(3, 0, slow)
print([calls.get() for _ in range(3)])
