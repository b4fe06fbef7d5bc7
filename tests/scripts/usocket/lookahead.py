# cell: what readline took ahead, every other call reads first
# firmware: all
from usr.support import pair

server, client = pair()
client.send(b'head\nabcdefghijklmnop\n')
print(server.readline())
print(server.recv(2), server.recvfrom(2)[0], server.read(2))
buffer = bytearray(3)
print(server.readinto(buffer), buffer)
print(server.readline())
client.send(b'next\nab')
print(server.readline())
client.send(b'cd')
print(server.read(4))
client.send(b'last\nx')
client.close()
print(server.readline(), server.read())
