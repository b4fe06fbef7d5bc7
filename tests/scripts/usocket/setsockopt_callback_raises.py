# cell: setsockopt: option 20, a callable that raises: a traceback (system.md, callbacks), and it goes on
# firmware: all
# stderr: ValueError: no good
import usocket
import _thread
from usr.support import pair

server, client = pair()
called = _thread.allocate_lock()
called.acquire()


def readable(sock):
    data = sock.recv(10)
    called.release()
    if data == b'bad':
        raise ValueError('no good')


server.setsockopt(usocket.SOL_SOCKET, 20, readable)
client.send(b'bad')
called.acquire()
client.send(b'good')
called.acquire()
print('still there')
server.close()
