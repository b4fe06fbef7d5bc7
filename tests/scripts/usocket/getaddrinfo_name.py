# cell: getaddrinfo of a name: IPv4 first, canonname is the host asked for
# firmware: all
import usocket

first = usocket.getaddrinfo('localhost', 80)[0]
print(first[0], first[3], first[4])
