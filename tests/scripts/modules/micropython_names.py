# cell: binascii.crc32, time.time_ns, sys.exc_info, sys.atexit, platform
# firmware: micropython
import binascii
import platform
import sys
import time

print(hex(binascii.crc32(b'123456789')), hex(binascii.crc32(b'56789', binascii.crc32(b'1234'))), binascii.crc32(b''))
before = time.time_ns()
print(time.time_ns() >= before, abs(time.time() * 1000 - time.time_ns() // 1000000) <= 1000)
print(type(platform.platform()), type(platform.python_compiler()), len(platform.libc_ver()))
print(sys.exc_info())
try:
    raise ValueError('value', 1)
except ValueError:
    print(sys.exc_info()[0] is ValueError, sys.exc_info()[1])


def at_end():
    print('at exit')


print(sys.atexit(None), sys.atexit(at_end) is None, sys.atexit(at_end) is at_end)
sys.exit()
