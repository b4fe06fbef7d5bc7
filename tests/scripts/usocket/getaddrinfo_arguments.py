# cell: getaddrinfo(host, port[, af, type, proto, flags])
# firmware: all
import usocket

D = usocket.SOCK_DGRAM
print(usocket.getaddrinfo('127.0.0.1', 80, usocket.AF_INET)[0][-1])
print(usocket.getaddrinfo('127.0.0.1', 80, 0, D)[0][1:2])
print(usocket.getaddrinfo('127.0.0.1', 80, 0, D, usocket.IPPROTO_UDP)[0][1:3])
print(usocket.getaddrinfo('127.0.0.1', 80, 0, usocket.SOCK_STREAM, 0, 0)[0][-1])
