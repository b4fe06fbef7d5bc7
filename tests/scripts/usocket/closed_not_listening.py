# cell: The guide's server listing: a socket that never listened stays closed
from usr.support import bound, number

sock, port = bound()
sock.close()
print(number(sock.accept))
