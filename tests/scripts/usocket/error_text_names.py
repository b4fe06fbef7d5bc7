# cell: str(e) of other numbers, with a name on the module and without
import usocket
from usr.support import bound, listening, pair


def text(call, *args):
    try:
        call(*args)
    except OSError as e:
        return str(e)


server, port = listening()
client = usocket.socket()
client.connect(('127.0.0.1', port))
print(text(client.connect, ('127.0.0.1', port)))
print(text(usocket.socket().connect, ('127.0.0.1', bound()[1])))
print(text(usocket.socket().recv, 1))
print(text(usocket.socket, 99))
print(text(usocket.getaddrinfo, 'no.such.name.invalid', 80))
client.close()
print(text(client.recv, 1))
client.close()
server, client = pair()
server.setblocking(False)
print(text(server.recv, 1))
