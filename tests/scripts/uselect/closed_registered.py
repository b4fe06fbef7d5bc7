# cell: poll: an object closed while registered is reported, and never keeps a wait from ending
# firmware: all
import uselect
from usr.support import pair

server, client = pair()
other, end = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
poll.register(other, uselect.POLLIN)
server.close()
ready = poll.poll(1000)
print([sock is server for sock, event in ready], ready[0][1] != 0)
poll.unregister(server)
print(poll.poll(0))
end.send(b'x')
print([sock is other for sock, event in poll.poll(1000)])
