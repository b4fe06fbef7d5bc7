# cell: two threads on one socket: one reads while the other writes
# firmware: all
import _thread
from usr.support import pair

server, client = pair()
done = _thread.allocate_lock()
done.acquire()


def echo():
    while True:
        line = server.readline()
        if not line:
            break
        server.write(line)
    server.close()


def read():
    for i in range(300):
        assert client.readline() == b'line %d\n' % i
    done.release()


_thread.start_new_thread(echo, ())
_thread.start_new_thread(read, ())
for i in range(300):
    client.write('line %d\n' % i)
done.acquire()
client.close()
print('all came back')
