# cell: lock.release: any thread may release; acquire waits
# firmware: all
import _thread
from usr.support import pair

lock = _thread.allocate_lock()
server, client = pair()
steps = []


def work():
    server.settimeout(0.05)
    try:
        server.recv(1)
    except OSError:
        steps.append('released')
        lock.release()


lock.acquire()
_thread.start_new_thread(work, ())
print(lock.acquire())
steps.append('acquired')
print(steps)
