# cell: setsockopt: option 20, None takes the callable away; another replaces it
# firmware: all
import usocket
import _thread
from usr.support import pair

server, client = pair()
called = _thread.allocate_lock()
called.acquire()


def first(sock):
    print('first', sock.recv(10))
    called.release()


def second(sock):
    print('second', sock.recv(10))
    called.release()


server.setsockopt(usocket.SOL_SOCKET, 20, first)
client.send(b'a')
called.acquire()
server.setsockopt(usocket.SOL_SOCKET, 20, second)
client.send(b'b')
called.acquire()
print(server.setsockopt(usocket.SOL_SOCKET, 20, None))
client.send(b'c')
print('none', server.recv(10))
