# cell: utime.setTimeZone(-12..12), getTimeZone(): shifts localtime() at once, not localtime(secs)
# firmware: documented 2021 2025
import utime


def refused(zone):
    try:
        return utime.setTimeZone(zone)
    except (TypeError, ValueError) as e:
        return '%s: %s' % (type(e).__name__, e)


def seconds():
    return utime.mktime(utime.localtime())


print(utime.getTimeZone())
before = seconds()
print(utime.setTimeZone(5), utime.getTimeZone(), round((before - seconds()) / 3600))
print(utime.setTimeZone(-12), utime.getTimeZone(), round((before - seconds()) / 3600))
print(utime.localtime(646898736)[:5])
print(refused(13))
print(refused(-13))
print(refused(1.5).split(':')[0])
