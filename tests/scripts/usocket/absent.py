# cell: No __enter__, no iteration, no shutdown, getpeername, gettimeout, usocket.error
# firmware: all
import usocket
from usr.support import kind

sock = usocket.socket()
for name in ('__enter__', '__exit__', '__iter__', '__next__', 'shutdown', 'getpeername', 'gettimeout'):
    print(name, hasattr(sock, name))
print(kind(lambda: sock.shutdown(2)))
print(kind(lambda: sock.getpeername()))
print(kind(lambda: sock.gettimeout()))
print(kind(lambda: usocket.error))
print(kind(iter, sock))
