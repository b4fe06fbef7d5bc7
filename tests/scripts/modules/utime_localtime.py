# cell: utime.localtime([secs or None]): 8-tuple; check value
# firmware: all
import utime
from usr.support import kind

print(utime.localtime(646898736))
print(utime.localtime(0))
print(utime.localtime(1601340882))
print(utime.localtime(1582905600)[:3], utime.localtime(1609430399)[6:], utime.localtime(1609344000)[6:])
print(type(utime.localtime()).__name__, len(utime.localtime()), len(utime.localtime(None)), utime.localtime()[0] > 2020)
print(kind(utime.localtime, '0'), kind(utime.localtime, 1.5))
