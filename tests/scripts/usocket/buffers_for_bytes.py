# cell: send, sendall, sendto, write: bytearray and memoryview, and nothing that has no bytes
# firmware: all
import usocket
from usr.support import kind, pair

server, client = pair()
print(client.send(bytearray(b'one')), server.recv(9))
print(client.write(memoryview(b'-two-')[1:4]), server.recv(9))
print(client.sendall(bytearray(b'three')), server.recv(9))
for call in (client.send, client.sendall, client.write):
    print(kind(call, 5), kind(call, None), kind(call, ['x']))
