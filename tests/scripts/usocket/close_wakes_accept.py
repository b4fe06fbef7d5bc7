# cell: close() wakes every thread that waits on the socket: accept
# firmware: all
import usocket
import _thread
from usr.support import listening, moment, number

server, port = listening()
# One connection first: the rule for a listener closed before its first accept is another (closed_listener).
client = usocket.socket()
client.connect(('127.0.0.1', port))
server.accept()
done = [_thread.allocate_lock() for i in range(2)]


def wait(lock):
    print(number(server.accept))
    lock.release()


for lock in done:
    lock.acquire()
    _thread.start_new_thread(wait, (lock,))
moment()
server.close()
for lock in done:
    lock.acquire()
