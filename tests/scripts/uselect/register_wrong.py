# cell: register: what cannot be waited for
# firmware: all
import uselect
import usocket
from usr.support import kind

poll = uselect.poll()
print(kind(poll.register, 5) in ('TypeError', 'OSError(22)'))
print(kind(poll.register, 'socket') in ('TypeError', 'OSError(22)'))
print(kind(poll.register))
