# cell: setsockopt: option 20, a callable, called with the socket when it becomes readable
# firmware: all
import usocket
import _thread
from usr.support import pair

server, client = pair()
called = _thread.allocate_lock()
called.acquire()


def readable(sock):
    print(sock is server, sock.recv(10))
    called.release()


print(server.setsockopt(usocket.SOL_SOCKET, 20, readable))
for text in ('one', 'two', 'three'):
    client.send(text)
    called.acquire()
server.close()
