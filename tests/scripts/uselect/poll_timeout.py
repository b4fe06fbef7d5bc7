# cell: poll([ms]): the time in milliseconds
# firmware: all
import uselect
import utime
from usr.support import pair

server, client = pair()
poll = uselect.poll()
poll.register(server, uselect.POLLIN)
start = utime.ticks_ms()
print(poll.poll(100))
print(90 <= utime.ticks_diff(utime.ticks_ms(), start) < 1000)
