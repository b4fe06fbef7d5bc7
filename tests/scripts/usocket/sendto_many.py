# cell: sendto: several addresses by turns
# firmware: all
import usocket
from usr.support import bound

sender = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
receivers = [bound(usocket.SOCK_DGRAM) for i in range(3)]
for text in ('first', 'second'):
    for receiver, port in receivers:
        sender.sendto('%s %d' % (text, receivers.index((receiver, port))), ('127.0.0.1', port))
for receiver, port in receivers:
    print(receiver.recv(20), receiver.recv(20))
