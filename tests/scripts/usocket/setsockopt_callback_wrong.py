# cell: setsockopt: option 20, neither a callable nor None
# firmware: all
import usocket
from usr.support import kind

sock = usocket.socket()
print(kind(sock.setsockopt, usocket.SOL_SOCKET, 20, 5) in ('TypeError', 'ValueError'))
print(kind(sock.setsockopt, usocket.SOL_SOCKET, 20, 'f') in ('TypeError', 'ValueError'))
