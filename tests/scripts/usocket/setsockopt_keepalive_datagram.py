# cell: setsockopt: TCP_KEEPALIVE of a datagram socket does nothing, whatever its value
# firmware: all
import usocket

sock = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
for minutes in (5, 0, -1, 121, 100000):
    print(sock.setsockopt(usocket.SOL_SOCKET, usocket.TCP_KEEPALIVE, minutes))
