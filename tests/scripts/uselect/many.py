# cell: poll: a hundred objects, and only those that are ready
# firmware: all
import uselect
import usocket
from usr.support import listening

server, port = listening()
poll = uselect.poll()
ends = []
for i in range(100):
    client = usocket.socket()
    client.connect(('127.0.0.1', port))
    end = server.accept()[0]
    ends.append((end, client))
    poll.register(end, uselect.POLLIN)
print(poll.poll(0))
for i in (3, 50, 99):
    ends[i][1].send('%d' % i)
seen = []
while len(seen) < 3:
    for sock, event in poll.poll(1000):
        seen.append((int(sock.recv(10)), event))
print(sorted(seen), poll.poll(0))
