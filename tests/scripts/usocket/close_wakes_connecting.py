# cell: close() wakes every thread that waits on the socket: connect
# firmware: all
import usocket
import _thread
from usr.support import full, moment, number

server, port, clients = full()
client = usocket.socket()
done = _thread.allocate_lock()
done.acquire()


def wait():
    print(number(client.connect, ('127.0.0.1', port)))
    done.release()


_thread.start_new_thread(wait, ())
moment()
client.close()
done.acquire()
