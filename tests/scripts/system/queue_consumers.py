# cell: queue: several producers and consumers, and one that is stopped while it waits
# firmware: all
import _thread
import utime
from queue import Queue

THREADS = 4
ITEMS = 250
items = Queue(THREADS * ITEMS)
produced = Queue()
results = Queue()


def produce(first):
    for i in range(first, first + ITEMS):
        items.put(i)
    produced.put(first)


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
for _ in range(THREADS):
    _thread.start_new_thread(consume, ())
_thread.stop_thread(stopped)
utime.sleep_ms(10)
for i in range(THREADS):
    _thread.start_new_thread(produce, (i * ITEMS,))
for _ in range(THREADS):
    produced.get()
for _ in range(THREADS):
    while not items.put(None):
        utime.sleep_ms(1)
taken = []
for _ in range(THREADS):
    taken += results.get()
print(sorted(taken) == list(range(THREADS * ITEMS)))
