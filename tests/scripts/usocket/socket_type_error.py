# cell: socket, errors: TypeError for a non-int
# firmware: all
import usocket
from usr.support import kind

print(kind(usocket.socket, 'a'))
print(kind(usocket.socket, None))
print(kind(usocket.socket, 2, '1'))
print(kind(usocket.socket, 2, 1, 'tcp'))
print(kind(usocket.socket, 2, 1, 0, 0))
