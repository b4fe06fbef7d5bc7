# cell: poll(): without a time waits for ever; a number ends early
# firmware: all
import _thread
import uselect
import utime
from usr.support import pair

pause, other = pair()
server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)


def later():
    pause.settimeout(0.05)
    try:
        pause.recv(1)
    except OSError:
        client.send(b'x')


for ms in ((), (-1,), (None,), (10000,)):
    start = utime.ticks_ms()
    _thread.start_new_thread(later, ())
    print([event for sock, event in poll.poll(*ms)], utime.ticks_diff(utime.ticks_ms(), start) < 5000)
    server.recv(1)
