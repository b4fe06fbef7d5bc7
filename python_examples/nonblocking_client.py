# Talks to two hosts at once without threads: non-blocking sockets and one poll object.
# options: --lab
import usocket
import uselect

EINPROGRESS = 115

poller = uselect.poll()
waiting = {}
for host in ('one.example.com', 'two.example.com'):
    sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
    sock.setblocking(False)
    try:
        sock.connect(usocket.getaddrinfo(host, 7)[0][-1])
    except OSError as e:
        if e.args[0] != EINPROGRESS:
            raise
    poller.register(sock, uselect.POLLOUT)
    waiting[sock.fileno()] = host

answers = []
while waiting:
    for sock, event in poller.poll(5000):
        host = waiting[sock.fileno()]
        if event & uselect.POLLOUT:
            sock.send('hello ' + host)
            poller.modify(sock, uselect.POLLIN)
        elif event & uselect.POLLIN:
            answers.append(sock.recv(256).decode())
            poller.unregister(sock)
            del waiting[sock.fileno()]
            sock.close()

for answer in sorted(answers):
    print(answer)
