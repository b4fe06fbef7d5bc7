# cell: recvfrom: its address is one to send to
# firmware: all
import usocket
from usr.support import bound

server, port = bound(usocket.SOCK_DGRAM)
client = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
client.sendto(b'ping', ('127.0.0.1', port))
data, address = server.recvfrom(10)
print(server.sendto(b'pong to ' + data, address))
print(client.recv(20))
