# cell: close() wakes every thread that waits on the socket: recv, recvfrom, read, readline, readinto
# firmware: all
import _thread
from usr.support import moment, number, pair

ENDS = [pair() for i in range(5)]
CALLS = [lambda s: s.recv(1), lambda s: s.recvfrom(1), lambda s: s.read(1), lambda s: s.readline(),
         lambda s: s.readinto(bytearray(1))]
results = [None] * 5
done = [_thread.allocate_lock() for i in range(5)]


def wait(i):
    results[i] = number(CALLS[i], ENDS[i][0])
    done[i].release()


for i in range(5):
    done[i].acquire()
    _thread.start_new_thread(wait, (i,))
moment()
for i in range(5):
    ENDS[i][0].close()
    done[i].acquire()
    print(results[i])
