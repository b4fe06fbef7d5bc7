# cell: settimeout: as long as it says
# firmware: all
import utime
from usr.support import number, pair

server, client = pair()
server.settimeout(0.1)
for call in (server.recv, server.read, server.recvfrom):
    start = utime.ticks_ms()
    error = number(call, 1)
    passed = utime.ticks_diff(utime.ticks_ms(), start)
    print(error, 90 <= passed < 1000)
