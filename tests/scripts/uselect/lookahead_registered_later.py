# cell: poll: what readline took ahead counts as readable, also when registered afterwards
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
client.send(b'one\ntwo\n')
print(server.readline())
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
print([event for sock, event in poll.poll()])
poll.modify(server, uselect.POLLOUT)
print([event for sock, event in poll.poll(1000)])
print(uselect.select([server], [], [], 1)[0] == [server])
print(server.readline(), uselect.select([server], [], [], 0))
