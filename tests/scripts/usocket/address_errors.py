# cell: An address is a tuple or list of two; anything else is a TypeError or ValueError that says so
# firmware: all
import usocket

stream = usocket.socket()
datagram = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)


def refused(call, *args):
    try:
        call(*args)
    except (TypeError, ValueError) as e:
        return len(str(e)) > 10
    return 'accepted'


for address in ((), ('127.0.0.1',), ('127.0.0.1', 80, 0), '127.0.0.1:80', 80, None, (80, '127.0.0.1'), (None, 80),
                ('127.0.0.1', 'http'), ('127.0.0.1', None), ('127.0.0.1', 65536), ('127.0.0.1', -1)):
    print(refused(stream.bind, address), refused(stream.connect, address), refused(datagram.sendto, b'x', address))
