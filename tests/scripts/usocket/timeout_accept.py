# cell: Timeouts: accept
# firmware: all
from usr.support import listening, number

server, port = listening()
server.settimeout(0.02)
print(number(server.accept))
print(number(server.accept))
