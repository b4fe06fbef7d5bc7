# cell: An address: the port may be digits (not in MicroPython's own module), the host bytes, as in getaddrinfo
# firmware: all
import usocket
from usr.support import bound, kind, listening

listener, port = listening()
receiver, other = bound(usocket.SOCK_DGRAM)
sender = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
print(usocket.getaddrinfo(b'127.0.0.1', '80')[0][-1], usocket.getaddrinfo(b'127.0.0.1', 80)[0][-1])
for host in ('127.0.0.1', b'127.0.0.1'):
    print(kind(usocket.socket().connect, (host, port)), kind(sender.sendto, b'x', (host, other)))
    print(kind(usocket.socket().connect, (host, str(port))), kind(sender.sendto, b'x', [host, str(other)]))
    print(kind(usocket.socket().bind, (host, '0')))
