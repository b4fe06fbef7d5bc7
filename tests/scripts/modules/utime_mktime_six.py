# cell: utime.mktime reads the first six items; the others may be anything
# firmware: all
import utime

print(utime.mktime((2024, 1, 1, 0, 0, 0, None, None)), utime.mktime([2024, 1, 1, 0, 0, 0, 'Mon', {}, 1.5]))
try:
    utime.mktime((2024, 1, 1, 0, 0, None, 0, 0))
except TypeError:
    print('TypeError')
