# cell: poll: what readline took ahead counts as readable
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
client.send(b'one\ntwo\nrest')
for line in (b'one\n', b'two\n'):
    print([event for sock, event in poll.poll(1000)], server.readline() == line)
print([event for sock, event in poll.poll(1000)], server.recv(10), poll.poll(0))
