# cell: The guide's server listing: only accept() listens again
from usr.support import listening, number

server, port = listening()
server.close()
print(number(server.listen, 1), number(server.recv, 1), number(server.settimeout, 1), server.fileno())
