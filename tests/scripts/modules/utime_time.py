# cell: utime.time(): int, no fraction
# firmware: all
import utime

start = utime.time()
print(type(start) is int, start >= 0, utime.time() - start in (0, 1))
