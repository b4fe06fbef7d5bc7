# cell: listen: not a stream
# firmware: all
import usocket
from usr.support import bound, number

print(number(bound(usocket.SOCK_DGRAM)[0].listen, 5))
