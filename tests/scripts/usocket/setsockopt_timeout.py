# cell: setsockopt: SO_RCVTIMEO
# firmware: all
import usocket
from usr.support import number, pair

server, client = pair()
server.setsockopt(usocket.SOL_SOCKET, usocket.SO_RCVTIMEO, 30)
print(number(server.recv, 1))
