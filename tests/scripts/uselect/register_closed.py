# cell: After close: OSError(9): register
# firmware: all
import uselect
import usocket
from usr.support import kind

sock = usocket.socket()
sock.close()
print(kind(uselect.poll().register, sock))
