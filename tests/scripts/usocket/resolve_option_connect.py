# cell: Names: --resolve, connect and sendto
# options: --resolve server.invalid:127.0.0.1
import usocket
from usr.support import bound, listening

server, port = listening()
client = usocket.socket()
client.connect(('server.invalid', port))
client.send(b'stream')
print(server.accept()[0].recv(20))
receiver, port = bound(usocket.SOCK_DGRAM)
usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM).sendto(b'datagram', ('server.invalid', port))
print(receiver.recv(20))
