# cell: read(n): waits for n bytes
# firmware: all
import _thread
from usr.support import moment, pair

server, client = pair()


def parts():
    client.send(b'abc')
    moment()
    client.send(b'defgh')


_thread.start_new_thread(parts, ())
print(server.read(6), server.read(2), server.read(0))
