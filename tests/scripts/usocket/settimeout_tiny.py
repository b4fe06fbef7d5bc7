# cell: settimeout: a time too short to measure is a timeout, not non-blocking
# firmware: all
from usr.support import number, pair

server, client = pair()
server.settimeout(1e-9)
print(number(server.recv, 1), number(server.readline))
server.settimeout(1e-12)
print(number(server.recv, 1) in ('OSError(110)', 'OSError(11)'))
