# cell: close() wakes every thread that waits on the socket: poll
# firmware: all
import _thread
import uselect
from usr.support import pair

pause, other = pair()
server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
done = _thread.allocate_lock()
done.acquire()


def wait():
    print([sock is server for sock, event in poll.poll()])
    done.release()


_thread.start_new_thread(wait, ())
pause.settimeout(0.05)
try:
    pause.recv(1)
except OSError:
    server.close()
done.acquire()
