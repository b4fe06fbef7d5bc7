# cell: readinto: unless the stream ends; 0 at the end
# firmware: all
from usr.support import pair

server, client = pair()
client.send(b'abc')
client.close()
buffer = bytearray(b'......')
print(server.readinto(buffer), buffer)
print(server.readinto(buffer), server.readinto(buffer))
