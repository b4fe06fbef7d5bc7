# cell: register(obj, mask) of a registered object changes its mask
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLOUT)
poll.register(server, uselect.POLLOUT)
print(len(poll.poll(1000)))
poll.register(server, uselect.POLLIN)
print(poll.poll(0))
