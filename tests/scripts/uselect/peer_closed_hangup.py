# cell: poll: POLLHUP when both directions are over
# firmware: all
import uselect
import usocket
from usr.support import kind, pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
# The peer throws the connection away instead of ending it.
client.setsockopt(usocket.SOL_SOCKET, usocket.SO_LINGER, 0)
client.close()
event = poll.poll(1000)[0][1]
print(event & uselect.POLLHUP != 0, kind(server.recv, 1))
