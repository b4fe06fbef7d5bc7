# cell: sendto, recvfrom: a datagram that is too large is refused whole; what a read has no room for is lost
# firmware: all
import usocket
from usr.support import bound, number

receiver, port = bound(usocket.SOCK_DGRAM)
sender, own = bound(usocket.SOCK_DGRAM)
to = ('127.0.0.1', port)
connected = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
connected.connect(to)
for size in (0, 1, 9000):
    print(sender.sendto(bytes(size), to), len(receiver.recvfrom(70000)[0]))
    print(connected.send(bytes(size)), len(receiver.recv(70000)))
    print(connected.write(bytes(size)), len(receiver.recv(size + 1)))
for size in (65508, 65536, 10000000):
    print(number(sender.sendto, bytes(size), to), number(connected.send, bytes(size)), number(connected.write, bytes(size)))

# Nothing of those has gone, and each read takes one datagram, whatever it has room for.
for call in (receiver.recv, receiver.recvfrom):
    for room in (3, 6, 7):
        sender.sendto(b'abcdef', to)
        data = call(room)
        print(room, data if call == receiver.recv else data[0])
sender.sendto(b'last', to)
print(receiver.recv(100))
