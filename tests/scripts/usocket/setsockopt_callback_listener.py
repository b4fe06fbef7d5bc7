# cell: setsockopt: option 20 of a listener, called when somebody connects
# firmware: all
import usocket
import _thread
from usr.support import listening

server, port = listening()
called = _thread.allocate_lock()
called.acquire()


def readable(sock):
    sock.accept()[0].send(b'welcome')
    called.release()


server.setsockopt(usocket.SOL_SOCKET, 20, readable)
client = usocket.socket()
client.connect(('127.0.0.1', port))
called.acquire()
print(client.recv(10))
server.close()
