# cell: The guide's server listing: accept() on a socket closed while listening, before it ever accepted, listens again
# stderr: closed_listener.py:23
# stderr: OSError(9)
# stderr: --strict
import usocket
import _thread
from usr.support import listening

server, port = listening()


def talk():
    while True:
        client = usocket.socket()
        try:
            client.connect(('127.0.0.1', port))
            break
        except OSError:
            client.close()
    client.send(b'is anybody there?')


server.close()
_thread.start_new_thread(talk, ())
for part in server.accept():
    if type(part) is usocket.socket:
        print(part.recv(100))
