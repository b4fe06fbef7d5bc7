# cell: setsockopt: options of MicroPython clients
# firmware: all
import usocket

sock = usocket.socket()
datagram = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
print(sock.setsockopt(usocket.SOL_SOCKET, usocket.SO_KEEPALIVE, 1))
print(datagram.setsockopt(usocket.SOL_SOCKET, usocket.SO_BROADCAST, 1))
print(sock.setsockopt(usocket.SOL_SOCKET, usocket.SO_SNDBUF, 65536))
print(sock.setsockopt(usocket.SOL_SOCKET, usocket.SO_RCVBUF, 65536))
print(sock.setsockopt(usocket.IPPROTO_TCP, usocket.TCP_NODELAY, 1))
