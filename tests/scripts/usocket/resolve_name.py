# cell: connect and bind resolve host names
# firmware: all
import usocket

from usr.support import listening, number

server, port = listening()
client = usocket.socket()
client.connect(('localhost', port))
client.send(b'by name')
print(server.accept()[0].recv(20))
print(number(usocket.socket().bind, ('localhost', 0)))
