# cell: accept: the peer's address
# firmware: all
import usocket
from usr.support import bound, listening

server, port = listening()
client, own = bound()
client.connect(('127.0.0.1', port))
peer = server.accept()[1:]
ip, number = peer[0] if len(peer) == 1 else peer
print(ip, number == own)
