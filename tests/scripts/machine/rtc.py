# firmware: all
# cell: RTC: datetime, init; weekday from Sunday 0; utime shows the same clock
from machine import RTC
import utime

rtc = RTC()
print(rtc is RTC(), len(rtc.datetime()), rtc.datetime()[7])
print(rtc.datetime((2020, 9, 11, 0, 23, 10, 30, 12345)))
print(rtc.datetime()[:6], rtc.datetime()[7])
print(utime.localtime()[:5], utime.localtime()[6])
print(rtc.init([2024, 2, 29, 0, 0, 0, 0, 0]), rtc.datetime()[:4])
for year, month, day in (2020, 9, 13), (2021, 1, 1), (2000, 1, 1):
    rtc.datetime((year, month, day, 9, 1, 2, 3, 0))
    print(rtc.datetime()[3], end=' ')
print()
