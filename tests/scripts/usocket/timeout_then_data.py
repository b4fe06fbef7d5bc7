# cell: Timeouts: the socket works on after one
# firmware: all
from usr.support import number, pair

server, client = pair()
server.settimeout(0.02)
print(number(server.recv, 5))
client.send(b'later')
print(number(server.recv, 5))
server.send(b'back')
print(client.recv(5))
