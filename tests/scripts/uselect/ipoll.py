# cell: ipoll([ms[, flags]]): iterator of a reused tuple
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
poll.register(client, uselect.POLLOUT)
for sock, event in poll.ipoll(1000):
    print(sock is client, event)
server.send(b'x')
client.send(b'x')
seen = set()
# Both may not be there at once.
while len(seen) < 2:
    for sock, event in poll.ipoll(1000):
        seen.add((sock is server, event))
print(sorted(seen))
poll.unregister(client)
server.recv(1)
print(list(poll.ipoll(0)), list(poll.ipoll(10)))
