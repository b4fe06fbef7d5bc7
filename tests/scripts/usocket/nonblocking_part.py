# cell: Non-blocking: recv, recvfrom, read, readline, readinto: what moved
# firmware: all
from usr.support import number, pair

server, client = pair()
server.setblocking(False)
client.send(b'ab')
print(server.recv(10))
client.send(b'cd')
print(server.recvfrom(10)[0])
client.send(b'ef')
print(server.read(10))
client.send(b'gh')
print(server.read())
client.send(b'ij')
print(server.readline())
client.send(b'kl\nmn')
print(server.readline())
buffer = bytearray(4)
print(server.readinto(buffer), buffer)
print(number(server.recv, 1))
