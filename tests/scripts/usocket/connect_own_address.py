# cell: protocol 8: a client that binds its own address
# firmware: all
import usocket
from usr.support import bound, listening

server, port = listening()
client, own = bound(proto=usocket.TCP_CUSTOMIZE_PORT)
client.connect(('127.0.0.1', port))
peer = server.accept()[1:]
print((peer[0] if len(peer) == 1 else peer) == ('127.0.0.1', own))
