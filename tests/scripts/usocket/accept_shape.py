# cell: Shape of accept
# firmware: all
import usocket
from usr.support import listening


def shape(proto):
    server, port = listening(proto)
    client = usocket.socket()
    client.connect(('127.0.0.1', port))
    parts = server.accept()
    client.close()
    server.close()
    return [type(part).__name__ for part in parts]


for proto in (0, usocket.IPPROTO_TCP, usocket.IPPROTO_TCP_SER, usocket.TCP_CUSTOMIZE_PORT):
    print(proto, shape(proto))
