# cell: inet_pton, inet_ntop: absent in 2021 and 2025
# firmware: 2021 2025
import usocket
from usr.support import kind

print(kind(lambda: usocket.inet_pton(usocket.AF_INET, '127.0.0.1')))
print(kind(lambda: usocket.inet_ntop(usocket.AF_INET, b'\x7f\x00\x00\x01')))
