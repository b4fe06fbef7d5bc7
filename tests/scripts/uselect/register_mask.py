# cell: register(obj[, mask]): only what the mask asks for
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
client.send(b'x')
poll = uselect.poll()
poll.register(server, uselect.POLLOUT)
print([event for sock, event in poll.poll(1000)])
poll.register(server, uselect.POLLIN)
print([event for sock, event in poll.poll(1000)])
poll.register(server, 0)
print(poll.poll(0))
