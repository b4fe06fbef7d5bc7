# cell: A timeout after part of a read loses nothing: readinto
# firmware: all
from usr.support import number, pair

server, client = pair()
server.settimeout(0.02)
client.send(b'ab')
print(number(server.readinto, bytearray(4)))
client.send(b'cdef')
buffer = bytearray(4)
print(number(server.readinto, buffer), buffer, number(server.recv, 10))
client.send(b'gh')
print(number(server.readinto, buffer), number(server.readline, 2))
