# cell: recv, recvfrom: an empty datagram is no end of a stream
# firmware: all
import usocket
from usr.support import bound

receiver, port = bound(usocket.SOCK_DGRAM)
sender, own = bound(usocket.SOCK_DGRAM)
for data in (b'', b'', b'', b'full'):
    print(sender.sendto(data, ('127.0.0.1', port)))
print(receiver.recv(10), receiver.recvfrom(10)[0], receiver.recv(10), receiver.recv(10))
