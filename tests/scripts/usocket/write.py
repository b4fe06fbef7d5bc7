# cell: write(buf[, n]), write(buf, off, n): sends all of it; the count
# firmware: all
from usr.support import pair

server, client = pair()
print(client.write(b'abcdef'), server.recv(20))
print(client.write(b'abcdef', 2), server.recv(20))
print(client.write(b'abcdef', 3, 2), server.recv(20))
print(client.write(b'abcdef', 100), server.recv(20))
print(client.write(b''))
