# cell: lock.acquire([wait[, timeout]]): the timeout is ignored
# firmware: all
import _thread
from usr.support import pair

lock = _thread.allocate_lock()
server, client = pair()


def work():
    server.settimeout(0.1)
    try:
        server.recv(1)
    except OSError:
        lock.release()


lock.acquire()
_thread.start_new_thread(work, ())
print(lock.acquire(1, 0.01))
print(lock.acquire(0, 5))
