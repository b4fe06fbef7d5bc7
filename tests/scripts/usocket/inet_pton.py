# cell: inet_pton, inet_ntop
# firmware: documented 2026 micropython
import usocket

print(usocket.inet_pton(usocket.AF_INET, '192.168.1.20'))
print(usocket.inet_ntop(usocket.AF_INET, b'\xc0\xa8\x01\x14'))
print(usocket.inet_pton(usocket.AF_INET6, '::1'))
print(usocket.inet_ntop(usocket.AF_INET6, b'\x00' * 15 + b'\x01'))
print(usocket.inet_ntop(usocket.AF_INET6, usocket.inet_pton(usocket.AF_INET6, '2001:db8::5')))
