# cell: osTimer: cyclic, stop from its own callback, start again
# firmware: all
import osTimer
from queue import Queue

calls = Queue()
count = 0


def tick(_):
    global count
    count += 1
    if count == 3:
        print(timer.stop())
        calls.put('stopped')


timer = osTimer()
timer.start(5, 1, tick)
print(calls.get(), count)
count = 0
timer.start(5, 1, tick)
print(calls.get(), count)
