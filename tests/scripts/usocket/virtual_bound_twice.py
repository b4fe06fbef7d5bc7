# cell: Addresses of a simulated module: two sockets at one port of the module
# firmware: all
# stderr:
import usocket
from usr.support import bound, number

server, port = bound(host='10.73.21.6')
server.listen(1)
print(number(usocket.socket().bind, ('10.73.21.6', port)))
print(number(usocket.socket().bind, ('', port)))
