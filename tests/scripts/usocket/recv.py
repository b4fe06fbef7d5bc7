# cell: recv(n): up to n bytes
# firmware: all
from usr.support import pair

server, client = pair()
client.send(b'abcdef')
print(server.recv(2), server.recv(3), server.recv(100))
