# cell: Names: --lab answers every name
# firmware: all
# options: --lab
# stderr:
import usocket

for name in ('www.tongxinmao.com', 'www.example.com', 'quite.another.org'):
    family, kind, proto, canonname, address = usocket.getaddrinfo(name, 80)[0]
    print(family, canonname, address[1])
