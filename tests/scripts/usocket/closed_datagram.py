# cell: After close: OSError(9), datagrams
# firmware: all
import usocket
from usr.support import bound, number

sock, port = bound(usocket.SOCK_DGRAM)
address = ('127.0.0.1', port)
sock.sendto(b'x', address)
sock.close()
print(number(sock.sendto, b'x', address), number(sock.recvfrom, 1), number(sock.recv, 1))
