# cell: settimeout of a socket in use: each call counts for those after it
# firmware: all
import _thread
from usr.support import moment, number, pair

server, client = pair()
server.settimeout(0.02)
print(number(server.recv, 1))
server.settimeout(0)
print(number(server.recv, 1))
server.settimeout(0.02)
print(number(server.recv, 1))
server.settimeout(None)


def later():
    moment()
    client.send(b'x')


_thread.start_new_thread(later, ())
print(number(server.recv, 1))
