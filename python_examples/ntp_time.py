# Sets the module's clock from the internet.
# options: --lab
import machine
import ntptime
import utime

# Any server will do; the default is ntp.aliyun.com.
ntptime.sethost('ntp.example.com')

# Seconds since the year 2000, UTC.
seconds = ntptime.time()
print('a plausible time:', seconds > 700000000)

# 0 when the clock was set; the argument is the time zone in hours.
print('set:', ntptime.settime(8) == 0)
year, month, day, weekday, hour, minute, second, _ = machine.RTC().datetime()
shown = '%04d-%02d-%02d %02d:%02d:%02d' % (year, month, day, hour, minute, second)
print('the clock shows as many characters as a date and a time have:', len(shown) == 19)
