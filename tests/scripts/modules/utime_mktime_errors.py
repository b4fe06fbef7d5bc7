# cell: utime.mktime: TypeError "mktime needs a tuple of length 8 or 9 (%d given)"
# firmware: documented 2021 2025
import utime


def error(value):
    try:
        return utime.mktime(value)
    except TypeError as e:
        return str(e)


print(error((2020, 1, 1)))
print(error((2020,) * 10))
print(error(()))
print(type(error(5)) is str)
