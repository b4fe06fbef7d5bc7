# cell: modify(obj, mask)
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
print(poll.poll(0))
print(poll.modify(server, uselect.POLLOUT))
print([event for sock, event in poll.poll(1000)])
