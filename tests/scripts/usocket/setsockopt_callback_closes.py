# cell: setsockopt: option 20, a callable that closes the socket
# firmware: all
import usocket
import _thread
from usr.support import number, pair

server, client = pair()
called = _thread.allocate_lock()
called.acquire()


def readable(sock):
    print(sock.recv(10))
    sock.close()
    called.release()


server.setsockopt(usocket.SOL_SOCKET, 20, readable)
client.send(b'bye')
called.acquire()
print(client.read(), number(server.recv, 1))
