# cell: Constants
# firmware: all
import usocket

for name in ('AF_INET', 'AF_INET6', 'SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW', 'IPPROTO_IP', 'IPPROTO_TCP', 'IPPROTO_UDP',
             'IPPROTO_TCP_SER', 'TCP_CUSTOMIZE_PORT', 'SOL_SOCKET', 'SO_REUSEADDR', 'TCP_KEEPALIVE', 'IP_ADD_MEMBERSHIP'):
    print(name, getattr(usocket, name))
