# cell: poll: a server of many clients in one thread
# firmware: all
import _thread
import uselect
import usocket
from usr.support import listening

server, port = listening()
lock = _thread.allocate_lock()
answers = []


def ask(i):
    client = usocket.socket()
    client.connect(('127.0.0.1', port))
    for n in range(3):
        client.write('%d.%d\n' % (i, n))
        with lock:
            answers.append(client.readline())
    client.close()


for i in range(5):
    _thread.start_new_thread(ask, (i,))
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
gone = 0
while gone < 5:
    for sock, event in poll.poll(5000):
        if sock is server:
            poll.register(server.accept()[0], uselect.POLLIN)
            continue
        line = sock.readline()
        if line:
            sock.write(line)
        else:
            poll.unregister(sock)
            sock.close()
            gone += 1
print(len(answers), sorted(answers)[0], sorted(answers)[-1])
