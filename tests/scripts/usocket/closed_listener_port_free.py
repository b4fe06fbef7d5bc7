# cell: The guide's server listing: close itself really closes: the port is free in between
# stderr: listens again
import usocket
import _thread
from usr.support import listening

server, port = listening()
server.close()
print(server.fileno(), server.getsocketsta())
other = usocket.socket()
other.bind(('127.0.0.1', port))
other.listen(1)
client = usocket.socket()
client.connect(('127.0.0.1', port))
client.send(b'to the other')
end = other.accept()[0]
print(end.recv(20))
# The side that ends first holds the port for a while: let it be the client.
client.close()
end.read()
end.close()
other.close()


def talk():
    while True:
        client = usocket.socket()
        try:
            client.connect(('127.0.0.1', port))
            break
        except OSError:
            client.close()
    client.send(b'to the first')


_thread.start_new_thread(talk, ())
print(server.accept()[0].recv(20))
