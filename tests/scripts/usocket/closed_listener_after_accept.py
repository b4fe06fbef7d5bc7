# cell: The guide's server listing: only before it ever accepted
import usocket
from usr.support import listening, number

server, port = listening()
client = usocket.socket()
client.connect(('127.0.0.1', port))
server.accept()
server.close()
print(number(server.accept))
