# cell: socket, errors: RAW without the right
# firmware: all
import usocket
from usr.support import number

# Who runs this may have the right: then it is a socket.
raw = number(usocket.socket, usocket.AF_INET, usocket.SOCK_RAW)
print(raw == 'OSError(1)' or type(raw) is usocket.socket)
