# cell: A timeout after part of a read loses nothing: read
# firmware: all
from usr.support import number, pair

server, client = pair()
server.settimeout(0.02)
client.send(b'ab')
print(number(server.read, 4), number(server.read, 4), number(server.read))
client.send(b'cdef')
print(number(server.read, 4), number(server.recv, 10))
client.send(b'gh')
print(number(server.read, 4), number(server.recv, 10))
