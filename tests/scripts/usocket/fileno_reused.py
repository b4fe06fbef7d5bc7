# cell: fileno(): a thousand connections leave no descriptor behind
import usocket
from usr.support import listening

server, port = listening()
highest = 0
for i in range(1000):
    client = usocket.socket()
    client.connect(('127.0.0.1', port))
    end = server.accept()[0]
    client.send(b'x')
    end.recv(1)
    highest = max(highest, client.fileno(), end.fileno())
    client.close()
    end.close()
print(highest < 100)
