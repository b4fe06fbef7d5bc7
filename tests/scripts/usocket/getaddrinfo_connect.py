# cell: getaddrinfo, the usual way to a connection
# firmware: all
import usocket
from usr.support import listening

server, port = listening()
family, kind, proto, name, address = usocket.getaddrinfo('127.0.0.1', port)[0]
client = usocket.socket(family, kind)
client.connect(address)
client.send(b'hello')
print(server.accept()[0].recv(10))
