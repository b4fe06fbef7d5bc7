# cell: poll: the part that a read put back at its timeout is readable
# firmware: all
import uselect
from usr.support import kind, pair

server, client = pair()
server.settimeout(0.02)
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
client.send(b'ab')
print(kind(server.read, 4), [event for sock, event in poll.poll(1000)])
print(kind(server.readline), [event for sock, event in poll.poll(1000)])
print(kind(server.readinto, bytearray(4)), [event for sock, event in poll.poll(1000)])
print(server.recv(10), poll.poll(0))
