# cell: The guide's server listing: it listens again at the same address, which another may hold
import usocket
from usr.support import listening, number

server, port = listening()
server.close()
other = usocket.socket()
other.bind(('127.0.0.1', port))
other.listen(1)
print(number(server.accept))
