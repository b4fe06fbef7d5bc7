# cell: many threads with one lock
# firmware: all
import _thread

lock = _thread.allocate_lock()
finished = _thread.allocate_lock()
finished.acquire()
count = 0
running = 30


def work():
    global count, running
    for i in range(100):
        with lock:
            n = count
            count = n + 1
    with lock:
        running -= 1
        last = running == 0
    if last:
        finished.release()


for i in range(30):
    _thread.start_new_thread(work, ())
finished.acquire()
print(count)
