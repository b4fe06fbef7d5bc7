# cell: readinto(buf[, n]): fills buf, or n bytes of it; the count
# firmware: all
import _thread
from usr.support import moment, pair

server, client = pair()


def parts():
    client.send(b'abc')
    moment()
    client.send(b'defghi')


_thread.start_new_thread(parts, ())
buffer = bytearray(b'......')
print(server.readinto(buffer), buffer)
buffer = bytearray(b'......')
print(server.readinto(buffer, 2), buffer)
client.send(b'j')
part = memoryview(buffer)[4:]
print(server.readinto(part), buffer)
