# cell: read: at the end what it has, b'' when nothing
# firmware: all
from usr.support import pair

server, client = pair()
client.send(b'abc')
client.close()
print(server.read(10), server.read(10), server.read(), server.read(1))
