# cell: readinto: what cannot be filled
# firmware: all
from usr.support import kind, pair

server, client = pair()
client.send(b'abc')
print(kind(server.readinto, b'xyz'), kind(server.readinto, 'xyz'), kind(server.readinto, 3))
print(server.readinto(bytearray(0)))
print(server.recv(10))
