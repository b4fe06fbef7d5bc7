# cell: ntptime.settime
# firmware: all
# options: --lab
import machine
import ntptime
import utime
from usr.support import kind

HOUR = 3600


def ahead():
    """By how many hours the clock shows more than UTC."""
    year, month, day, _, hour, minute, second, _ = machine.RTC().datetime()
    shown = utime.mktime((year, month, day, hour, minute, second, 0, 0))
    utc = utime.mktime(utime.localtime(946684800 + ntptime.time() - 8 * HOUR))
    return round((shown - utc) / HOUR)


ntptime.sethost('ntp.example.com')
print(ntptime.settime(), ahead())
for args in ((8,), (-12,), (13,), (-13,), ('8',), (0, 0, 5)):
    result = kind(ntptime.settime, *args)
    print(args, 'TypeError' if isinstance(result, str) else (result, ahead()))
