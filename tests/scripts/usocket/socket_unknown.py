# cell: socket, errors: unknown family, protocol or type
# firmware: all
import usocket
from usr.support import number

print(number(usocket.socket, 99))
print(number(usocket.socket, 0))
print(number(usocket.socket, 2, 9) in ('OSError(93)', 'OSError(94)'))
print(number(usocket.socket, 2, 0) in ('OSError(93)', 'OSError(94)'))
print(number(usocket.socket, 2, 1, 99) in ('OSError(93)', 'OSError(94)'))
print(number(usocket.socket, 2, 2, usocket.IPPROTO_TCP) in ('OSError(93)', 'OSError(94)'))
