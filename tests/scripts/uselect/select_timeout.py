# cell: select: timeout in seconds, may be a fraction; without it waits for ever
import _thread
import uselect
import utime
from usr.support import pair

server, client = pair()
start = utime.ticks_ms()
print(uselect.select([server], [], [], 0.1))
print(90 <= utime.ticks_diff(utime.ticks_ms(), start) < 1000)
pause, other = pair()


def later():
    pause.settimeout(0.05)
    try:
        pause.recv(1)
    except OSError:
        client.send(b'x')


for seconds in ((), (None,)):
    _thread.start_new_thread(later, ())
    print(uselect.select([server], [], [], *seconds)[0] == [server])
    server.recv(1)
