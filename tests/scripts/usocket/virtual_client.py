# cell: Addresses of a simulated module: a client that binds the module's address connects to the host
# firmware: all
# stderr:
import usocket
from usr.support import bound, listening

server, port = listening()
client, own = bound(proto=usocket.TCP_CUSTOMIZE_PORT, host='10.73.21.6')
client.connect(('127.0.0.1', port))
end, peer = server.accept()[:2]
client.send(b'hello')
print(end.recv(10))
