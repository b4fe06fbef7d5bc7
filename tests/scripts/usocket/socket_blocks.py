# cell: socket: blocking, no timeout
# firmware: all
import usocket
import _thread
from usr.support import bound, moment

receiver, port = bound(usocket.SOCK_DGRAM)


def later():
    moment()
    usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM).sendto(b'at last', ('127.0.0.1', port))


_thread.start_new_thread(later, ())
print(receiver.recv(10))
