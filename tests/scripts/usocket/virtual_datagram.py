# cell: Addresses of a simulated module: recvfrom
# firmware: all
# stderr:
import usocket
from usr.support import bound

server, port = bound(usocket.SOCK_DGRAM, host='10.73.21.6')
client, own = bound(usocket.SOCK_DGRAM, host='10.73.21.6')
client.sendto(b'ping', ('10.73.21.6', port))
data, (ip, number) = server.recvfrom(10)
print(data, ip, number == own)
server.sendto(b'pong', (ip, number))
data, (ip, number) = client.recvfrom(10)
print(data, ip, number == port)
