# cell: Timeouts: recv, recvfrom of datagrams
# firmware: all
import usocket
from usr.support import bound, number

sock, port = bound(usocket.SOCK_DGRAM)
sock.settimeout(0.02)
print(number(sock.recv, 1))
print(number(sock.recvfrom, 1))
