# cell: two threads on one socket, each in any method, and a third that closes it: all of them end
# firmware: documented
# options: --strict
import _thread
import uselect
import usocket
from usr.support import bound, listening, pair

CALLS = {
    'recv': lambda s: s.recv(1),
    'recvfrom': lambda s: s.recvfrom(2),
    'read': lambda s: s.read(1),
    'read all': lambda s: s.read(),
    'readline': lambda s: s.readline(),
    'readinto': lambda s: s.readinto(bytearray(4)),
    'send': lambda s: s.send(bytes(1 << 23)),
    'write': lambda s: s.write(bytes(1 << 23)),
    'accept': lambda s: s.accept(),
    'connect': lambda s: s.connect(busy),
    'close': lambda s: s.close(),
    'settimeout': lambda s: s.settimeout(60),
    'setblocking': lambda s: s.setblocking(False),
    'bind': lambda s: s.bind(('127.0.0.1', 0)),
    'listen': lambda s: s.listen(1),
    'poll': lambda s: uselect.select([s], [], [], 0.01),
    'callback': lambda s: s.setsockopt(usocket.SOL_SOCKET, 20, lambda s: None),
    'sendto': lambda s: s.sendto(b'x', busy),
}
WAITING = ('recv', 'recvfrom', 'read all', 'readline', 'send', 'accept', 'connect')


def full_pair():
    return pair()


def datagram():
    return (bound(usocket.SOCK_DGRAM)[0],)


def listener():
    return (listening()[0],)


def fresh():
    return (usocket.socket(),)


def drain():
    while True:
        try:
            full.accept()[0].close()
        except OSError:
            return


def run(name, sock, begun, ended):
    begun.release()
    try:
        CALLS[name](sock)
    except (OSError, TypeError, ValueError):
        pass
    ended.release()


def held():
    lock = _thread.allocate_lock()
    lock.acquire()
    return lock


full, port = listening(backlog=50)
busy = ('127.0.0.1', port)
_thread.start_new_thread(drain, ())
count = 0
for make in (full_pair, datagram, listener, fresh):
    for first in WAITING:
        for second in sorted(CALLS):
            socks = make()
            locks = []
            for name in (first, second):
                begun, ended = held(), held()
                _thread.start_new_thread(run, (name, socks[0], begun, ended))
                begun.acquire()
                locks.append(ended)
            for sock in socks:
                sock.close()
            for ended in locks:
                ended.acquire()
            count += 1
full.close()
print(count, 'pairs')
