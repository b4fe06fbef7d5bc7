# cell: setsockopt: value int or bytes
# firmware: all
import usocket
from usr.support import kind

sock = usocket.socket()
print(kind(sock.setsockopt, usocket.SOL_SOCKET, usocket.SO_REUSEADDR, None))
print(kind(sock.setsockopt, usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1.5))
print(kind(sock.setsockopt, usocket.SOL_SOCKET, usocket.SO_REUSEADDR))
print(kind(sock.setsockopt, 'a', usocket.SO_REUSEADDR, 1))
