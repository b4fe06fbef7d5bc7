# cell: two threads, each talks on sockets of its own
# firmware: all
import _thread
from usr.support import pair

totals = {}
done = [_thread.allocate_lock() for i in range(2)]


def talk(i):
    server, client = pair()
    total = 0
    for n in range(200):
        client.send('%d:%d\n' % (i, n))
        who, value = server.readline().split(b':')
        assert int(who) == i and int(value) == n
        server.send(b'x' * 10)
        total += len(client.read(10))
    totals[i] = total
    done[i].release()


for i in range(2):
    done[i].acquire()
    _thread.start_new_thread(talk, (i,))
for lock in done:
    lock.acquire()
print(totals[0], totals[1])
