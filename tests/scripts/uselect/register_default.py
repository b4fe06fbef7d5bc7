# cell: register(obj[, mask]): without mask, POLLIN and POLLOUT
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server)
print([event for sock, event in poll.poll(1000)])
client.send(b'x')
poll2 = uselect.poll()
poll2.register(server, uselect.POLLIN)
poll2.poll(1000)
print([event for sock, event in poll.poll(1000)])
