# cell: utime.ticks_add(t, d): int wrapped; OverflowError "ticks interval overflow"
# firmware: all
import utime

HALF = 1 << 29


def add(ticks, delta):
    try:
        return utime.ticks_add(ticks, delta)
    except OverflowError as e:
        return str(e)


print(add(5, 3), add(0, -1), add(0x3FFFFFFF, 1), add(0, HALF - 1), add(0, 1 - HALF))
print(add(0, HALF))
# As measured on MicroPython 1.2x.
print(add(0, -HALF))
print(add(0, -HALF - 1))
