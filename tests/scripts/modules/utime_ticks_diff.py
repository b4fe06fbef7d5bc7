# cell: utime.ticks_diff(end, start): signed, -2**29 to 2**29-1
# firmware: all
import utime

TOP = 0x3FFFFFFF
HALF = 1 << 29
for end, start in ((5, 3), (3, 5), (0, TOP), (TOP, 0), (HALF, 0), (0, HALF), (HALF - 1, 0), (HALF + 1, 0)):
    print(utime.ticks_diff(end, start))
