# cell: End of stream in recv, after what readline took ahead
# firmware: all
from usr.support import number, pair

server, client = pair()
client.send(b'line\nrest')
client.close()
print(server.readline(), server.recv(10))
print(number(server.recv, 10))
