# cell: send(buf): the count
# firmware: all
from usr.support import pair

server, client = pair()
print(client.send(b'abcdef'), server.recv(20))
print(client.send(b''))
