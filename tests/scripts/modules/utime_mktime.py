# cell: utime.mktime(tuple or list of 8 or 9); check value; out-of-range fields roll over
# firmware: all
import utime

print(utime.mktime((2020, 9, 29, 8, 54, 42, 1, 273)))
print(utime.mktime([2020, 9, 29, 8, 54, 42, 1, 273]))
print(utime.mktime((2020, 9, 29, 8, 54, 42, 1, 273, 0)))
print(utime.mktime((1970, 1, 1, 8, 0, 0, 0, 0)))
for fields in ((2020, 13, 1, 0, 0, 0), (2020, 1, 32, 0, 0, 0), (2020, 12, 31, 24, 0, 0), (2020, 12, 31, 23, 60, 0),
               (2020, 12, 31, 23, 59, 60), (2021, 1, 0, 0, 0, 0)):
    print(utime.localtime(utime.mktime(fields + (0, 0)))[:6])
