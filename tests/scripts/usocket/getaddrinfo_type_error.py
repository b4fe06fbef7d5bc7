# cell: getaddrinfo, arguments of a wrong kind
# firmware: all
import usocket
from usr.support import kind

print(kind(usocket.getaddrinfo, 5, 80))
print(kind(usocket.getaddrinfo, None, 80))
print(kind(usocket.getaddrinfo, '127.0.0.1'))
