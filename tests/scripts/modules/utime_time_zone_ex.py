# cell: utime.setTimeZoneEx / getTimeZoneEx: float step 0.25
# firmware: documented 2021 2025
import utime

if not hasattr(utime, 'setTimeZoneEx'):
    print('this firmware has whole hours only')
else:
    def refused(zone):
        try:
            return utime.setTimeZoneEx(zone)
        except ValueError as e:
            return 'ValueError: %s' % e

    def seconds():
        return utime.mktime(utime.localtime())

    print(utime.getTimeZoneEx())
    before = seconds()
    print(utime.setTimeZoneEx(5.75), utime.getTimeZoneEx(), utime.getTimeZone())
    print(round((before - seconds()) / 900))
    print(utime.setTimeZoneEx(-12), utime.getTimeZoneEx())
    for zone in (12.25, -12.25, 5.1, float('nan'), 1e300):
        print(refused(zone))
