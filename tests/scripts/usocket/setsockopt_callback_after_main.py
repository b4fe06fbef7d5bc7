# cell: setsockopt: option 20: registered callbacks live on after main (system.md, process model)
# firmware: all
import usocket
import _thread
from usr.support import moment, pair

server, client = pair()


def readable(sock):
    data = sock.recv(10)
    print(data)
    if data == b'two':
        sock.close()


def later():
    client.send(b'one')
    moment()
    client.send(b'two')


server.setsockopt(usocket.SOL_SOCKET, 20, readable)
_thread.start_new_thread(later, ())
