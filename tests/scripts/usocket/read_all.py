# cell: read(): all until the end of the stream
# firmware: all
import _thread
from usr.support import moment, pair

server, client = pair()


def parts():
    client.send(b'abc')
    moment()
    client.send(b'defgh')
    client.close()


_thread.start_new_thread(parts, ())
print(server.read())
server, client = pair()
client.send(b'minus one, too')
client.close()
print(server.read(-1))
