# cell: utime.sleep(s): float accepted, negative none; sleep_ms, sleep_us: TypeError for a float
# firmware: all
import utime
from usr.support import kind


def passed(call, *args):
    start = utime.ticks_ms()
    assert call(*args) is None
    return utime.ticks_diff(utime.ticks_ms(), start)


print(45 <= passed(utime.sleep, 0.05) < 1000, 45 <= passed(utime.sleep_ms, 50) < 1000, 45 <= passed(utime.sleep_us, 50000) < 1000)
print(passed(utime.sleep, 0) < 1000, passed(utime.sleep, -1) < 1000, passed(utime.sleep_ms, -5) < 1000)
print(kind(utime.sleep_ms, 1.5), kind(utime.sleep_us, 1.5), kind(utime.sleep, 'a'), kind(utime.sleep_ms, 'a'))
