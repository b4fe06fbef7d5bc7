# cell: settimeout: seconds >= 0, however many
# firmware: all
from usr.support import kind, pair

server, client = pair()
for seconds in (1e12, 1e300, float('inf')):
    print(kind(server.settimeout, seconds), client.send(b'x'), server.recv(1))
print(kind(server.settimeout, float('nan')))
