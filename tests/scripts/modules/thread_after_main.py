# cell: threads go on after main has ended
# firmware: all
import _thread
from usr.support import pair

server, client = pair()


def work():
    server.settimeout(0.1)
    try:
        server.recv(1)
    except OSError:
        print('a thread, later')


_thread.start_new_thread(work, ())
print('main is over')
