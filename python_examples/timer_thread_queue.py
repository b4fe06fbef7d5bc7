# A timer measures, a queue hands over, a thread works, and sys_bus tells whoever listens.
import _thread
import osTimer
import sys_bus
from queue import Queue

READINGS = 3

readings = Queue(10)
finished = _thread.allocate_lock()
finished.acquire()
timer = osTimer()
count = 0


def measure(_):
    global count
    count += 1
    readings.put(count * 10)
    if count == READINGS:
        timer.stop()


def work():
    for _ in range(READINGS):
        reading = readings.get()
        sys_bus.publish_sync('reading', reading)
    finished.release()


def show(topic, reading):
    print('{}: {}'.format(topic, reading))


sys_bus.subscribe('reading', show)
_thread.start_new_thread(work, ())
timer.start(10, 1, measure)
finished.acquire()
print('all readings are there')
