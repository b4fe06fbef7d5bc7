# cell: getaddrinfo, errors
# firmware: all
import usocket
from support import number

print(number(usocket.getaddrinfo, 'no.such.name.invalid', 80))
