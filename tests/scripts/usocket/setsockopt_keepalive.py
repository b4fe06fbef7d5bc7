# cell: setsockopt: TCP_KEEPALIVE v = 1 to 120 minutes
# firmware: all
import usocket
from usr.support import kind

sock = usocket.socket()
for minutes in (1, 60, 120):
    print(minutes, kind(sock.setsockopt, usocket.SOL_SOCKET, usocket.TCP_KEEPALIVE, minutes))
for minutes in (0, 121, -1):
    print(minutes, kind(sock.setsockopt, usocket.SOL_SOCKET, usocket.TCP_KEEPALIVE, minutes) in ('OSError', 'ValueError'))
