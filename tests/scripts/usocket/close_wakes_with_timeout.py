# cell: close() wakes every thread that waits on the socket: with a timeout of its own
# firmware: all
import _thread
import utime
from usr.support import moment, number, pair

server, client = pair()
server.settimeout(10)
done = _thread.allocate_lock()
done.acquire()


def wait():
    print(number(server.recv, 1))
    done.release()


_thread.start_new_thread(wait, ())
moment()
start = utime.ticks_ms()
server.close()
done.acquire()
print(utime.ticks_diff(utime.ticks_ms(), start) < 1000)
