# firmware: all
# cell: Timer: two threads on one timer
import _thread
from machine import Timer

done = []


def work():
    t = Timer(2)
    for n in range(100):
        t.start(period=1, callback=lambda t: None)
        t.stop()
    done.append(t)


for _ in range(2):
    _thread.start_new_thread(work, ())
while len(done) < 2:
    pass
print(done[0] is done[1], done[0].stop())
