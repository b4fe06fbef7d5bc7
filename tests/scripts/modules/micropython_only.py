# cell: what MicroPython has of these modules and Quectel's firmware lacks
# firmware: all
import ubinascii
import usys
import utime

for module in ('heapq', 'platform'):
    try:
        print(module, __import__(module).__name__)
    except ImportError as e:
        print(e)
for module, name in ((ubinascii, 'crc32'), (usys, 'atexit'), (usys, 'exc_info'), (utime, 'time_ns')):
    print(name, hasattr(module, name))
print('__file__', '__file__' in globals())
