# cell: osTimer: stop, delete_timer, start of a running timer, TypeError
# firmware: all
import osTimer
from queue import Queue

calls = Queue()
timer = osTimer()
print(timer.stop())
print(timer.start(1000, 0, lambda _: calls.put('never')), timer.stop())
print(timer.start(1000, 0, lambda _: calls.put('never')))
print(timer.start(20, 0, lambda _: calls.put('restarted')))
print(calls.get(), calls.empty())
print(timer.start(10000, 1, lambda _: calls.put('never')))
print(timer.delete_timer(), timer.start(1, 0, lambda _: None), timer.stop(), timer.delete_timer())
try:
    osTimer().start(10, 0)
except TypeError:
    print('TypeError')
# A timer of ten seconds neither keeps an earlier one back nor the program once it is stopped.
slow = osTimer()
slow.start(10000, 0, lambda _: calls.put('never'))
osTimer().start(10, 0, lambda _: calls.put('in time'))
print(calls.get())
print(slow.stop())
