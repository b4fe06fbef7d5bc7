# cell: SO_LINGER: close never waits; 0 breaks the connection off
# firmware: documented micropython
import usocket
import utime
from usr.support import number, pair

server, client = pair()
server.setsockopt(usocket.SOL_SOCKET, usocket.SO_LINGER, 30)
server.settimeout(0.02)
print(number(server.sendall, bytes(30000000)))
begin = utime.ticks_ms()
server.close()
print(utime.ticks_diff(utime.ticks_ms(), begin) < 10000)

server, client = pair()
server.setsockopt(usocket.SOL_SOCKET, usocket.SO_LINGER, 0)
server.close()
print(number(client.recv, 1))
