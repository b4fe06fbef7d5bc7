# firmware: all
# cell: RTC: set_alarm, enable_alarm, register_callback; cb(None)
from machine import RTC
from usr.support import wait_for

rtc = RTC()
seen = []
print(rtc.register_callback(seen.append))
rtc.datetime((2030, 5, 6, 0, 7, 0, 0, 0))
print(rtc.set_alarm((2030, 5, 6, 0, 8, 0, 0, 0)), rtc.enable_alarm(1))
rtc.datetime((2030, 5, 6, 0, 7, 59, 0, 0))
print(seen)
rtc.datetime((2030, 5, 6, 0, 8, 0, 0, 0))
print(wait_for(lambda: seen), seen)
rtc.set_alarm((2030, 5, 6, 0, 9, 0, 0, 0))
print(rtc.enable_alarm(1), rtc.enable_alarm(0))
rtc.datetime((2030, 5, 6, 0, 9, 0, 0, 0))
print(seen)
