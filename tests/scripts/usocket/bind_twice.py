# cell: bind: a second bind
# firmware: all
from usr.support import bound, number

sock, port = bound()
print(number(sock.bind, ('127.0.0.1', port)))
print(number(sock.bind, ('127.0.0.1', 0)))
