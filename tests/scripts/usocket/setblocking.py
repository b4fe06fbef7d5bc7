# cell: setblocking: True is settimeout(None), False is settimeout(0)
# firmware: all
import _thread
from usr.support import moment, number, pair

server, client = pair()
server.setblocking(False)
print(number(server.recv, 1))
server.settimeout(0.01)
server.setblocking(True)


def later():
    moment()
    client.send(b'x')


_thread.start_new_thread(later, ())
print(number(server.recv, 1))
