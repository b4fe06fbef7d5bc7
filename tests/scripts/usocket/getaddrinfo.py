# cell: getaddrinfo: (family, type, proto, canonname, (ip, port)), numeric host
# firmware: all
import usocket

answers = usocket.getaddrinfo('127.0.0.1', 80)
family, kind, proto, name, address = answers[0]
print(type(answers).__name__, len(answers), type(answers[0]).__name__)
print(family, kind, type(proto).__name__, name, address)
print(usocket.getaddrinfo('192.0.2.7', 1883)[0][-1])
