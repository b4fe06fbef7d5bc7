# cell: usys.exit in main ends main only
# firmware: all
# exit: 3
import _thread
import usys
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
usys.exit(3)
