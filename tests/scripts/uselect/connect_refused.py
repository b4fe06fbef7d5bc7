# cell: poll: POLLERR and POLLHUP come unasked
# firmware: all
import uselect
import usocket
from usr.support import kind, listening

server, port = listening()
server.close()
client = usocket.socket()
client.setblocking(False)
print(kind(client.connect, ('127.0.0.1', port)))
poll = uselect.poll()
poll.register(client, uselect.POLLIN)
event = poll.poll(1000)[0][1]
print(event & (uselect.POLLERR | uselect.POLLHUP) != 0)
