# cell: connect, non-blocking: 115, then done
# firmware: all
import usocket
from usr.support import listening, number

server, port = listening()
client = usocket.socket()
client.settimeout(0)
print(number(client.connect, ('127.0.0.1', port)))
end = server.accept()[0]
print(number(client.connect, ('127.0.0.1', port)))
print(client.send(b'through'), end.recv(10))
