# cell: sendto(buf, address): the count
# firmware: all
import usocket
from usr.support import bound, kind

receiver, port = bound(usocket.SOCK_DGRAM)
sender = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
address = ('127.0.0.1', port)
print(sender.sendto(b'abc', address), sender.sendto(b'de', address), receiver.recv(10), receiver.recv(10))
print(kind(sender.sendto, b'abc'), kind(sender.sendto, 5, address))
