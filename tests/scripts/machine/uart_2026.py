# firmware: 2026
# options: --uart 1:loop
from machine import UART
from usr.support import fails

u = UART(UART.UART1, 115200, 8, 0, 1, 0, 0)
print(u.read(), u.read(3), u.write('ab'), u.read(9), hasattr(UART, 'UART4'))
fails(UART, 1, 115200, 7, 0, 1, 0)
fails(UART, 4, 115200, 8, 0, 1, 0)
