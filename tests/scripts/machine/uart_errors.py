# firmware: documented 2021 2025 micropython
from machine import UART
from usr.support import fails, raises

fails(UART, 9)
fails(UART, -1, 115200, 8, 0, 1, 0)
fails(UART, 2)
for wrong in (1, 8, 0, 1, 0), (115200, 9, 0, 1, 0), (115200, 4, 0, 1, 0), (115200, 8, 3, 1, 0), \
        (115200, 8, 0, 0, 0), (115200, 8, 0, 3, 0), (115200, 8, 0, 1, 2):
    fails(UART, 2, *wrong)
u = UART(2, 4468750, 5, 0, 2, 1)
raises(UART)
raises(UART, '2')
raises(UART, 2, speed=9600)
raises(u.write, 5)
raises(u.write, None)
raises(u.write)
raises(u.read, 'x')
raises(u.readinto, b'fixed')
raises(u.readinto, 5)
raises(u.set_callback, 5)
raises(u.init)
raises(u.read, 1 << 70)
print(u.read(-1), u.read(None), u.read(1 << 62), u)
print(u.control_485(0, 1), u.control_485(5, 2), u.control_485(5, 1), u.set_callback(None))
u.close()
print(u.control_485(5, 1), u.set_callback(print))
