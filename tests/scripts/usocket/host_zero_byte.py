# cell: connect and bind resolve host names: a name with a zero byte has no address
# firmware: all
import usocket
from usr.support import number

sock = usocket.socket()
print(number(sock.connect, ('a\0b', 80)))
print(number(sock.bind, ('\0', 80)))
print(number(usocket.getaddrinfo, 'a\0b', 80))
