# cell: poll([ms]): list of (obj, event)
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
print(poll.register(server, uselect.POLLIN))
print(poll.poll(0))
client.send(b'x')
ready = poll.poll(1000)
print(type(ready).__name__, len(ready), ready[0][0] is server, ready[0][1])
server.recv(1)
print(poll.poll(0))
