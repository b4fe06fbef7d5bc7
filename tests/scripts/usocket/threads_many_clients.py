# cell: a server with a thread for each of many clients
# firmware: all
import usocket
import _thread
from usr.support import listening

server, port = listening(backlog=20)
lock = _thread.allocate_lock()
finished = _thread.allocate_lock()
finished.acquire()
answers = []


def serve(sock):
    sock.write(b'hello ' + sock.readline())
    sock.close()


def ask(i):
    client = usocket.socket()
    client.connect(('127.0.0.1', port))
    client.write('%02d\n' % i)
    answer = client.read()
    client.close()
    with lock:
        answers.append(answer)
        if len(answers) == 20:
            finished.release()


for i in range(20):
    _thread.start_new_thread(ask, (i,))
for i in range(20):
    _thread.start_new_thread(serve, (server.accept()[0],))
finished.acquire()
print(len(answers), sorted(answers)[0], sorted(answers)[-1])
