# cell: setsockopt: option 20, called at the end of the stream, too
# firmware: all
import usocket
import _thread
from usr.support import pair

server, client = pair()
called = _thread.allocate_lock()
called.acquire()


def readable(sock):
    print('called', sock.read())
    called.release()


server.setsockopt(usocket.SOL_SOCKET, 20, readable)
client.close()
called.acquire()
server.close()
