# cell: getsendacksize: bytes the peer has acknowledged
# firmware: documented 2026
from usr.support import pair

server, client = pair()
print(client.getsendacksize())
client.send(b'12345')
server.recv(10)
# What the server sends acknowledges what it got.
server.send(b'x')
client.recv(1)
print(client.getsendacksize())
client.send(b'678')
server.recv(10)
server.send(b'x')
client.recv(1)
print(client.getsendacksize(), server.getsendacksize() in (1, 2))
