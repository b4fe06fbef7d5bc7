# cell: getaddrinfo, numeric IPv6 host
# firmware: all
import usocket

family, kind, proto, name, address = usocket.getaddrinfo('::1', 80)[0]
print(family, name, address)
