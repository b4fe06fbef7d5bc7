# cell: poll: a non-blocking connect is writable when it is done
# firmware: all
import uselect
import usocket
from usr.support import kind, listening

server, port = listening()
client = usocket.socket()
client.setblocking(False)
print(kind(client.connect, ('127.0.0.1', port)))
poll = uselect.poll()
poll.register(client, uselect.POLLOUT)
print([event for sock, event in poll.poll(1000)])
print(client.send(b'x'))
