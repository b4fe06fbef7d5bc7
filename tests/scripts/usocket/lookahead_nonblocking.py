# cell: what readline took ahead is there without waiting
# firmware: all
from usr.support import number, pair

server, client = pair()
client.send(b'one\ntwo\nthree')
print(server.readline())
server.setblocking(False)
print(server.recv(4), server.read(3), server.readline(), number(server.recv, 1))
