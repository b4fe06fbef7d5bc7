# cell: modify: OSError(2) if unknown
# firmware: all
import uselect
from usr.support import kind, pair

server, client = pair()
poll = uselect.poll()
print(kind(poll.modify, server, uselect.POLLIN))
poll.register(server)
poll.unregister(server)
print(kind(poll.modify, server, uselect.POLLIN))
