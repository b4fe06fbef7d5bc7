# cell: Addresses of a simulated module: bind, connect, accept with the module's address
# firmware: all
# stderr:
import usocket
from usr.support import bound

server, port = bound(host='10.73.21.6')
server.listen(1)
client = usocket.socket()
client.connect(('10.73.21.6', port))
end, peer = server.accept()[:2]
client.send(b'to myself')
print(end.recv(20))
print(peer if type(peer) is str else peer[0])
print(usocket.getaddrinfo('10.73.21.6', 80)[0][-1])
