# cell: ipoll, flag 1: what was reported is not watched any more until it is modified
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLOUT)
print([event for sock, event in poll.ipoll(1000, 0)])
print([event for sock, event in poll.ipoll(1000, 1)])
print([event for sock, event in poll.ipoll(0, 1)], poll.poll(0))
poll.modify(server, uselect.POLLOUT)
print([event for sock, event in poll.ipoll(1000, 1)])
