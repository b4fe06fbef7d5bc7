# cell: getaddrinfo, port: int or digits
# firmware: all
import usocket
from usr.support import kind

print(usocket.getaddrinfo('127.0.0.1', '8080')[0][-1])
print(usocket.getaddrinfo('127.0.0.1', 0)[0][-1])
print(usocket.getaddrinfo('127.0.0.1', 65535)[0][-1])
for port in ('http', '', None, 65536, -1):
    print(kind(usocket.getaddrinfo, '127.0.0.1', port) in ('TypeError', 'ValueError'))
