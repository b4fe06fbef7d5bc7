# cell: bind: an address in use
# firmware: all
import usocket
from usr.support import listening, number

server, port = listening()
print(number(usocket.socket().bind, ('127.0.0.1', port)))
