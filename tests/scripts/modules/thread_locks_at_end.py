# cell: locks: one that is held when the script ends, or whose holder was stopped, keeps nothing from ending
# firmware: all
import _thread
from usr.support import pair

server, client = pair()
held = _thread.allocate_lock()
begun = _thread.allocate_lock()


def work():
    with held:
        begun.release()
        server.recv(1)


begun.acquire()
number = _thread.start_new_thread(work, ())
begun.acquire()
print(held.locked(), held.acquire(0))
_thread.stop_thread(number)
print(held.acquire(0), begun.locked())
del begun
