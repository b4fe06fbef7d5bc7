# cell: poll: register from another thread ends up in the next poll; two polls of one socket
# firmware: all
import _thread
import uselect
from usr.support import pair

server, client = pair()
first, second = uselect.poll(), uselect.poll()
first.register(server, uselect.POLLIN)
second.register(server, uselect.POLLIN)
done = _thread.allocate_lock()
done.acquire()
results = []


def wait():
    results.append([event for sock, event in second.poll(5000)])
    done.release()


_thread.start_new_thread(wait, ())
client.send(b'x')
print([event for sock, event in first.poll(5000)])
done.acquire()
print(results)
