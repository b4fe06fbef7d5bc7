# cell: setsockopt, getsockopt: any level, option and value on any socket is taken or refused, and the socket goes on
# firmware: documented 2026
import usocket
from usr.support import bound, listening, pair


class Raises:
    def __index__(self):
        raise ValueError

    def __len__(self):
        raise ValueError


def nothing(sock):
    pass


VALUES = (None, True, 0, 1, -1, 120, 121, 2**31 - 1, 2**31, -2**31, 2**32, 2**63, 10**30, 1.5, float('nan'), '', 'a', b'',
          b'\0', b'\1\0\0\0', b'\xff' * 4, b'\xff' * 8, b'x' * 100000, bytearray(4), memoryview(b'abcd'), [], (1, 2), {},
          Raises(), nothing, object(), usocket)
NAMES = ('SO_REUSEADDR', 'TCP_KEEPALIVE', 'SO_ACCEPTCONN', 'IP_ADD_MEMBERSHIP', 'IP_DROP_MEMBERSHIP', 'SO_KEEPALIVE',
         'SO_BROADCAST', 'SO_LINGER', 'SO_SNDBUF', 'SO_RCVBUF', 'SO_SNDTIMEO', 'SO_RCVTIMEO', 'TCP_NODELAY')
OPTIONS = [getattr(usocket, name) for name in NAMES if hasattr(usocket, name)] + [20, -1, 0, 3, 2**31, 2**63, 10**30]
LEVELS = (usocket.SOL_SOCKET, 6, 0, 1, -1, 2**31, 2**64)
refused = {}


def attempt(call, *args):
    try:
        call(*args)
    except (OSError, TypeError, ValueError, OverflowError) as e:
        refused[type(e)] = True


def all_of(sock):
    for level in LEVELS:
        for option in OPTIONS:
            for value in VALUES:
                attempt(sock.setsockopt, level, option, value)
            attempt(sock.getsockopt, level, option)
    # Option 20 has a callback now, or has not.
    attempt(sock.setsockopt, usocket.SOL_SOCKET, 20, None)
    sock.settimeout(None)


server, client = pair()
all_of(client)
client.send(b'after all that')
print(server.recv(100))
listener, port = listening()
all_of(listener)
usocket.socket().connect(('127.0.0.1', port))
print(len(listener.accept()))
datagram, port = bound(usocket.SOCK_DGRAM)
all_of(datagram)
datagram.sendto(b'a datagram', ('127.0.0.1', port))
print(datagram.recv(100))
for sock in (usocket.socket(), usocket.socket(2, 1, usocket.IPPROTO_TCP_SER), usocket.socket(10, 1)):
    all_of(sock)
    sock.close()
    attempt(sock.setsockopt, usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)
print(sorted(kind.__name__ for kind in refused))
