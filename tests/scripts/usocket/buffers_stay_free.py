# cell: buffers: while one thread waits, another may change the size of what is read into or sent
# firmware: documented 2021 2025 2026
import _thread
from usr.support import moment, pair

server, client = pair()
done = _thread.allocate_lock()
done.acquire()


def run(call, *args):
    print(call(*args))
    done.release()


room = bytearray(10)
_thread.start_new_thread(run, (server.readinto, room))
moment()
room.extend(b'xy')
client.send(b'0123456789ab')
done.acquire()
print(room)

data = bytearray(b'a' * 8000000)
_thread.start_new_thread(run, (server.send, data))
moment()
data.extend(b'more')
print(len(client.read(8000000)))
done.acquire()
