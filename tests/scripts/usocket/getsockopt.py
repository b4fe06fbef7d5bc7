# cell: getsockopt: 2026 and documented: SO_ACCEPTCONN gives (listening, port)
# firmware: documented 2026
import usocket
from usr.support import bound

sock, port = bound()
listening, number = sock.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)
print(bool(listening), number == port)
sock.listen(1)
listening, number = sock.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)
print(bool(listening), number == port)
free = usocket.socket()
free.bind(('127.0.0.1', 0))
free.listen(1)
client = usocket.socket()
client.connect(('127.0.0.1', free.getsockopt(usocket.SOL_SOCKET, usocket.SO_ACCEPTCONN)[1]))
print(type(free.accept()[0]) is usocket.socket)
