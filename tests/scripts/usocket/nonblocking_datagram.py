# cell: Non-blocking: recv, recvfrom of datagrams
# firmware: all
import usocket
from usr.support import bound, number

sock, port = bound(usocket.SOCK_DGRAM)
sock.setblocking(False)
print(number(sock.recv, 5), number(sock.recvfrom, 5))
sock.sendto(b'self', ('127.0.0.1', port))
print(number(sock.recv, 5))
