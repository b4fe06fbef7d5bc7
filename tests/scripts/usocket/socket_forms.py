# cell: socket(af, type, proto), positional or by these names
# firmware: all
import usocket

SOCKETS = (
    usocket.socket(),
    usocket.socket(usocket.AF_INET),
    usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM),
    usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM, usocket.IPPROTO_TCP),
    usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM, usocket.IPPROTO_TCP_SER),
    usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM, usocket.TCP_CUSTOMIZE_PORT),
    usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM, usocket.IPPROTO_UDP),
    usocket.socket(af=usocket.AF_INET, type=usocket.SOCK_DGRAM, proto=0),
    usocket.socket(usocket.AF_INET, type=usocket.SOCK_STREAM),
)
for sock in SOCKETS:
    print(type(sock) is usocket.socket, sock.fileno() >= 0)
