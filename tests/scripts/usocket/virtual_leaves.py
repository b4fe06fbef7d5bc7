# cell: Addresses of a simulated module: a bound socket moves off loopback while another thread waits at it
# firmware: all
# stderr:
import _thread
import uselect
import usocket
from usr.support import bound, moment

server, port = bound(usocket.SOCK_DGRAM, host='10.73.21.6')
client, own = bound(usocket.SOCK_DGRAM)
server.settimeout(30)
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
heard = []
done = _thread.allocate_lock()
done.acquire()


def hear():
    for i in range(3):
        heard.append(server.recvfrom(10)[0])
    done.release()


_thread.start_new_thread(hear, ())
moment()
# To port 0 nothing is sent, but the address is outside: the socket has to be where it could be sent from.
try:
    server.sendto(b'x', ('203.0.113.9', 0))
except OSError:
    print('not sent')
for text in (b'one', b'two', b'three'):
    client.sendto(text, ('127.0.0.1', port))
done.acquire()
print(heard)
client.sendto(b'four', ('127.0.0.1', port))
print([event for sock, event in poll.poll(10000)], server.recv(10))
server.settimeout(0.02)
try:
    server.recv(10)
except OSError as e:
    print(e)
server.sendto(b'back', ('127.0.0.1', own))
print(client.recvfrom(10) == (b'back', ('10.73.21.6', port)))
