# cell: After close: OSError(9): getsockopt, getsendacksize
# firmware: documented 2026
import usocket
from usr.support import number

sock = usocket.socket()
sock.close()
print(number(sock.getsockopt, usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN))
print(number(sock.getsendacksize))
