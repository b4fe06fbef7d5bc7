# cell: Non-blocking: read, readline, readinto at the end of the stream
# firmware: all
from usr.support import pair

server, client = pair()
client.close()
server.read()
server.setblocking(False)
print(server.read(5), server.read(), server.readline(), server.readinto(bytearray(5)))
