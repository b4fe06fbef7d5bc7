# cell: str is accepted wherever bytes are: its UTF-8
# firmware: all
import usocket
from usr.support import bound, pair

server, client = pair()
print(client.send('a1 é'), server.recv(20))
print(client.sendall('a2 é'), server.recv(20))
print(client.write('a3 é'), server.recv(20))
receiver, port = bound(usocket.SOCK_DGRAM)
sender = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
print(sender.sendto('a4 é', ('127.0.0.1', port)), receiver.recv(20))
