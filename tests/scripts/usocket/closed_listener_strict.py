# cell: The guide's server listing: --strict: OSError(9)
# options: --strict
from usr.support import listening, number

server, port = listening()
server.close()
print(number(server.accept))
