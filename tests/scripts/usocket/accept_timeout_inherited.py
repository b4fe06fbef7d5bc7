# cell: accept: the new socket blocks and has no timeout (micropython: inherits it)
# firmware: all
import usocket
import _thread
from usr.support import listening, moment, number

server, port = listening()
server.settimeout(0.02)
client = usocket.socket()
client.connect(('127.0.0.1', port))
end = server.accept()[0]


def later():
    moment()
    client.send(b'late')


_thread.start_new_thread(later, ())
print(number(end.recv, 10))
