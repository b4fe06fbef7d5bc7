# cell: Addresses of a simulated module: a port of the module where nobody listens
# firmware: documented micropython
# stderr:
import usocket
from usr.support import bound, number

sock, port = bound(host='10.73.21.6')
print(number(usocket.socket().connect, ('10.73.21.6', port)))
sock.close()
print(number(usocket.socket().connect, ('10.73.21.6', port)))
