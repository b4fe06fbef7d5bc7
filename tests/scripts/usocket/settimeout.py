# cell: settimeout: None, 0 or seconds >= 0; negative: ValueError
# firmware: all
import usocket
from usr.support import kind

sock = usocket.socket()
for seconds in (None, 0, 0.0, 1, 0.25, 100000, 1e12):
    print(seconds, kind(sock.settimeout, seconds))
print(kind(sock.settimeout, -1), kind(sock.settimeout, -0.5))
print(kind(sock.settimeout, 'a'), kind(sock.settimeout))
