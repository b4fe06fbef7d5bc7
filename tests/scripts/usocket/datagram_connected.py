# cell: connect and send of a datagram socket
# firmware: all
import usocket
from usr.support import bound

receiver, port = bound(usocket.SOCK_DGRAM)
sender = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
sender.connect(('127.0.0.1', port))
print(sender.send(b'one'), receiver.recv(10))
print(sender.write(b'two'), receiver.recv(10))
