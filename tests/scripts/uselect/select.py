# cell: select(r, w, x[, timeout s]): three lists
import uselect
from usr.support import pair

server, client = pair()
print(uselect.select([server], [], [], 0))
r, w, x = uselect.select([server], [server], [server], 1)
print(r, w == [server], x)
client.send(b'x')
r, w, x = uselect.select([server], [], [], 5)
print(r == [server], w, x)
r, w, x = uselect.select([server, client], [client], [], 5)
print(r == [server], w == [client], x)
server.recv(1)
print(uselect.select([], [], [], 0))
