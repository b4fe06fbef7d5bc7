# cell: End of stream in recv
# firmware: all
from usr.support import number, pair

server, client = pair()
client.send(b'last')
client.close()
print(server.recv(10))
for i in range(3):
    print(number(server.recv, 10))
