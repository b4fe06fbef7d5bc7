# cell: getsocketsta: 0 CLOSED after a reset
# firmware: all
import usocket
from usr.support import number, pair

server, client = pair()
client.setsockopt(usocket.SOL_SOCKET, usocket.SO_LINGER, 0)
client.close()
print(number(server.recv, 1))
print(server.getsocketsta())
