# cell: inet_pton, inet_ntop, errors
# firmware: documented 2026 micropython
import usocket
from usr.support import number

print(number(usocket.inet_pton, usocket.AF_INET, 'one.two'))
print(number(usocket.inet_pton, usocket.AF_INET, '::1'))
print(number(usocket.inet_pton, usocket.AF_INET, ''))
print(number(usocket.inet_pton, 99, '127.0.0.1'))
print(number(usocket.inet_ntop, usocket.AF_INET, b'abc'))
print(number(usocket.inet_ntop, usocket.AF_INET6, b'abcd'))
print(number(usocket.inet_ntop, 99, b'abcd'))
