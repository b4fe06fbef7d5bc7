# cell: close() wakes every thread that waits on the socket: send
# firmware: all
import _thread
from usr.support import moment, number, pair

server, client = pair()
done = _thread.allocate_lock()
done.acquire()


def wait():
    while True:
        result = number(client.send, b'x' * 1000000)
        if type(result) is str:
            break
    print(result)
    done.release()


_thread.start_new_thread(wait, ())
moment()
client.close()
done.acquire()
