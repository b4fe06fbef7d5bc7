# cell: sendto takes IP literals (2021, 2025) or names too (documented)
# firmware: documented 2021 2025
import usocket
from usr.support import bound, kind

receiver, port = bound(usocket.SOCK_DGRAM)
sender = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
print(kind(sender.sendto, b'x', ('127.0.0.1', port)))
print(kind(sender.sendto, b'x', ('localhost', port)))
