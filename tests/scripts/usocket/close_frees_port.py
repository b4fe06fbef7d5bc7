# cell: close(): really closes, the port is free
# firmware: all
import usocket
from usr.support import listening, number

server, port = listening()
server.close()
again = usocket.socket()
again.bind(('127.0.0.1', port))
again.listen(1)
client = usocket.socket()
client.connect(('127.0.0.1', port))
client.send(b'again')
print(again.accept()[0].recv(10))
