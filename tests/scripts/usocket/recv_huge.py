# cell: recv(n), read(n): a size far beyond what comes costs nothing
# firmware: all
from usr.support import pair

server, client = pair()
client.send(b'small')
print(server.recv(1000000000))
client.send(b'small\n')
print(server.readline(1000000000))
client.send(b'small')
client.close()
print(server.read(1000000000))
