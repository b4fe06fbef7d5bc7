# cell: accept of a non-blocking listener: the new socket blocks (micropython: inherits)
# firmware: all
import usocket
import _thread
from usr.support import listening, moment, number

server, port = listening()
client = usocket.socket()
client.connect(('127.0.0.1', port))
server.setblocking(False)
end = server.accept()[0]


def later():
    moment()
    client.send(b'late')


_thread.start_new_thread(later, ())
print(number(end.recv, 10))
