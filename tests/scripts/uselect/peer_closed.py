# cell: poll: the end of the stream is readable
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
client.close()
event = poll.poll(1000)[0][1]
print(event & uselect.POLLIN != 0, server.read())
