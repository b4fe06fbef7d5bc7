# cell: sendall(buf): None
# firmware: all
import _thread
from usr.support import pair

BIG = b'0123456789abcdef' * 200000
server, client = pair()
done = _thread.allocate_lock()
done.acquire()


def send():
    print(client.sendall(BIG))
    done.release()


_thread.start_new_thread(send, ())
got = server.read(len(BIG))
done.acquire()
print(got == BIG)
client.sendall(b'')
client.sendall(b'small')
print(server.recv(10))
