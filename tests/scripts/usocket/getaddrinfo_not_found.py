# cell: getaddrinfo, errors
# firmware: all
import usocket
from usr.support import number

print(number(usocket.getaddrinfo, 'no.such.name.invalid', 80))
