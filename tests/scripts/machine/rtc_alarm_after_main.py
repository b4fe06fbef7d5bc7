# cell: RTC: an alarm to come keeps a finished script going
from machine import RTC

rtc = RTC()
rtc.datetime((2030, 5, 6, 0, 7, 0, 0, 0))
rtc.set_alarm((2030, 5, 6, 0, 8, 0, 0, 0))
rtc.enable_alarm(1)
rtc.register_callback(lambda nothing: print('it rings', nothing))
print('end of the script')
rtc.datetime((2030, 5, 6, 0, 7, 59, 59, 0))
