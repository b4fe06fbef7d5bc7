# cell: Addresses of a simulated module: 127.0.0.1 is the host's own
# firmware: all
# stderr:
import usocket
from usr.support import bound

server, port = bound(host='')
server.listen(1)
client = usocket.socket()
client.connect(('127.0.0.1', port))
peer = server.accept()[1]
print(peer if type(peer) is str else peer[0])
