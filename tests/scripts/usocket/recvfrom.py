# cell: recvfrom(n): (bytes, (ip, port)), datagrams
# firmware: all
import usocket
from usr.support import bound, kind

receiver, port = bound(usocket.SOCK_DGRAM)
sender, own = bound(usocket.SOCK_DGRAM)
sender.sendto(b'hello', ('127.0.0.1', port))
data, (ip, number) = receiver.recvfrom(100)
print(data, ip, number == own)
print(kind(receiver.recvfrom, -1), kind(receiver.recvfrom, 'a'))
