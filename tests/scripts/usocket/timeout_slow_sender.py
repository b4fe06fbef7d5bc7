# cell: Timeouts: read, readline, readinto end in time though single bytes keep coming
# firmware: all
import _thread
import utime
from usr.support import number, pair


def drip(sock, stop):
    pause, other = pair()
    pause.settimeout(0.02)
    while not stop:
        sock.send(b'x')
        number(pause.recv, 1)


for call in (lambda s: s.read(1000), lambda s: s.readline(), lambda s: s.readinto(bytearray(1000))):
    server, client = pair()
    stop = []
    _thread.start_new_thread(drip, (client, stop))
    server.settimeout(0.1)
    start = utime.ticks_ms()
    result = number(call, server)
    print(result, utime.ticks_diff(utime.ticks_ms(), start) < 1000)
    stop.append(True)
