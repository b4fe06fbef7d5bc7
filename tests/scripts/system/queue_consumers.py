# cell: queue: several producers and consumers, and one that is stopped while it waits
# firmware: all
import _thread
import utime
from queue import Queue

PRODUCERS = 4
CONSUMERS = 4
ITEMS = 250
items = Queue(PRODUCERS * ITEMS)
results = Queue(CONSUMERS)


def produce(first):
    for i in range(first, first + ITEMS):
        items.put(i)


def consume():
    mine = []
    while True:
        item = items.get()
        if item is None:
            break
        mine.append(item)
    results.put(mine)


stopped = _thread.start_new_thread(items.get, ())
utime.sleep_ms(10)
for _ in range(CONSUMERS):
    _thread.start_new_thread(consume, ())
utime.sleep_ms(10)
_thread.stop_thread(stopped)
for i in range(PRODUCERS):
    _thread.start_new_thread(produce, (i * ITEMS,))
taken = []
while len(taken) < PRODUCERS * ITEMS:
    if items.empty():
        for _ in range(CONSUMERS):
            items.put(None)
        for _ in range(CONSUMERS):
            taken += results.get()
        if len(taken) < PRODUCERS * ITEMS:
            for _ in range(CONSUMERS):
                _thread.start_new_thread(consume, ())
    utime.sleep_ms(1)
taken.sort()
print(taken == list(range(PRODUCERS * ITEMS)))
