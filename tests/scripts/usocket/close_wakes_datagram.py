# cell: close() wakes every thread that waits on the socket: recvfrom of datagrams
# firmware: all
import usocket
import _thread
from usr.support import bound, moment, number

sock, port = bound(usocket.SOCK_DGRAM)
done = _thread.allocate_lock()
done.acquire()


def wait():
    print(number(sock.recvfrom, 1))
    done.release()


_thread.start_new_thread(wait, ())
moment()
sock.close()
done.acquire()
