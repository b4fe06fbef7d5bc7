# cell: poll: a listener is readable when somebody connects
# firmware: all
import uselect
import usocket
from usr.support import listening

server, port = listening()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
print(poll.poll(0))
client = usocket.socket()
client.connect(('127.0.0.1', port))
print([event for sock, event in poll.poll(1000)])
server.accept()
print(poll.poll(0))
