# cell: Constants for MicroPython clients
# firmware: all
import usocket

for name in ('SO_KEEPALIVE', 'SO_BROADCAST', 'SO_LINGER', 'SO_SNDBUF', 'SO_RCVBUF', 'SO_SNDTIMEO', 'SO_RCVTIMEO',
             'TCP_NODELAY', 'MSG_PEEK', 'MSG_DONTWAIT', 'IP_DROP_MEMBERSHIP'):
    print(name, hex(getattr(usocket, name)))
