# cell: unregister(obj)
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLOUT)
poll.register(client, uselect.POLLOUT)
print(len(poll.poll(1000)))
print(poll.unregister(server))
print([sock is client for sock, event in poll.poll(1000)])
poll.unregister(client)
print(poll.poll(0))
poll.register(server, uselect.POLLOUT)
print([sock is server for sock, event in poll.poll(1000)])
