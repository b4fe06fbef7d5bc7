# cell: send, write loop until all is sent
# firmware: documented 2021 2025 2026
import _thread
from usr.support import pair

BIG = b'0123456789abcdef' * 200000
server, client = pair()
got = []
done = _thread.allocate_lock()
done.acquire()


def read():
    got.append(server.read(2 * len(BIG)))
    done.release()


_thread.start_new_thread(read, ())
print(client.send(BIG) == len(BIG), client.write(BIG) == len(BIG))
done.acquire()
print(got[0] == BIG + BIG)
