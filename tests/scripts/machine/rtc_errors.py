# firmware: all
from machine import RTC
from usr.support import fails, raises

rtc = RTC()
for call in rtc.datetime, rtc.init, rtc.set_alarm:
    fails(call, (2020, 1, 1))
    raises(call, ())
    raises(call, 5)
    raises(call, (2020, 1, 1, 0, 0, 0, 'x', 0))
raises(rtc.init)
for wrong in (2020, 13, 1), (2021, 2, 29), (2020, 1, 0), (99999, 1, 1), (1 << 40, 1, 1), (-1, 1, 1):
    print(rtc.datetime(wrong + (0, 0, 0, 0, 0)), rtc.set_alarm(wrong + (0, 0, 0, 0, 0)), end=' ')
print(rtc.datetime((2020, 1, 1, 0, 24, 0, 0, 0)))
raises(RTC, 1)
raises(rtc.register_callback, 5)
print(rtc.enable_alarm(1), rtc.enable_alarm(0), rtc.enable_alarm(2))
print(rtc.set_alarm((1980, 1, 1, 0, 0, 0, 0, 0)), rtc.enable_alarm(1))
