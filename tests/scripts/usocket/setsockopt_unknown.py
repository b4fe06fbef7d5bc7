# cell: setsockopt: unknown options, documented
import usocket
from usr.support import number

sock = usocket.socket()
print(number(sock.setsockopt, usocket.SOL_SOCKET, 4242, 1))
print(number(sock.setsockopt, 4242, 1, 1))
