# cell: A timeout after part of a read loses nothing: readline
# firmware: all
from usr.support import number, pair

server, client = pair()
server.settimeout(0.02)
client.send(b'one\nhalf')
print(number(server.readline), number(server.readline), number(server.readline))
client.send(b' line\nrest')
print(number(server.readline), number(server.readline), number(server.recv, 10))
