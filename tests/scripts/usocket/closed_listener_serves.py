# cell: The guide's server listing: it goes on to serve
# stderr: listens again
import usocket
import _thread
from usr.support import listening

server, port = listening(usocket.IPPROTO_TCP_SER)
server.close()


def ask(i):
    while True:
        client = usocket.socket()
        try:
            client.connect(('127.0.0.1', port))
            break
        except OSError:
            client.close()
    client.send('question %d' % i)
    print(client.recv(100))
    client.close()


def three():
    for i in range(3):
        ask(i)


_thread.start_new_thread(three, ())
for i in range(3):
    conn, ip, number = server.accept()
    conn.send(b'answer to ' + conn.recv(100))
    conn.close()
server.close()
