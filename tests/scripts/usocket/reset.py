# cell: Reset by the peer: 104
# firmware: all
import usocket
from usr.support import number, pair

CALLS = (lambda s: s.recv(1), lambda s: s.recvfrom(1), lambda s: s.read(1), lambda s: s.read(),
         lambda s: s.readline(), lambda s: s.readinto(bytearray(1)), lambda s: s.send(b'x'))
for call in CALLS:
    server, client = pair()
    # The peer throws the connection away instead of ending it.
    client.setsockopt(usocket.SOL_SOCKET, usocket.SO_LINGER, 0)
    client.close()
    print(number(call, server))
