# cell: Names: --resolve HOST[:PORT]:ADDRESS[:PORT], repeatable
# firmware: all
# options: --resolve printer.invalid:192.0.2.9 --resolve shop.invalid:80:127.0.0.1:8080 --resolve shop.invalid:443:127.0.0.2
import usocket

print(usocket.getaddrinfo('printer.invalid', 9100)[0][-1])
print(usocket.getaddrinfo('PRINTER.invalid', 80)[0][-1])
print(usocket.getaddrinfo('shop.invalid', 80)[0][-1])
print(usocket.getaddrinfo('shop.invalid', 443)[0][-1])
