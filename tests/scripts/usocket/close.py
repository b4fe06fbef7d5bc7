# cell: close(): twice is fine; the peer sees the end
# firmware: all
from usr.support import pair

server, client = pair()
print(client.close(), client.close(), client.close())
print(server.read())
