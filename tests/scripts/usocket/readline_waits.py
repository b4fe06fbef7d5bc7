# cell: readline waits for the end of the line
# firmware: all
import _thread
from usr.support import moment, pair

server, client = pair()


def parts():
    client.send(b'half a ')
    moment()
    client.send(b'line\nmore')


_thread.start_new_thread(parts, ())
print(server.readline(), server.recv(10))
