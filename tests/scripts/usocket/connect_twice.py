# cell: connect, already connected
# firmware: all
import usocket
from usr.support import listening, number

server, port = listening()
client = usocket.socket()
print(client.connect(('127.0.0.1', port)))
print(number(client.connect, ('127.0.0.1', port)))
