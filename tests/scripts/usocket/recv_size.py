# cell: recv: n < 0 ValueError; 0 gives b''
# firmware: all
from usr.support import kind, pair

server, client = pair()
print(kind(server.recv, 0))
print(kind(server.recv, -1))
print(kind(server.recv, 'a'), kind(server.recv, None), kind(server.recv))
client.send(b'x')
print(kind(server.recv, 0), kind(server.recv, 1))
