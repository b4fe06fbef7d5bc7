# firmware: all
# options: --uart 2:loop
# cell: UART: control_485 moves the line while the port sends
from machine import UART, Pin, ExtInt
from usr.support import wait_for

u = UART(2, 9600, 8, 0, 1, 0)
seen = []
line = ExtInt(5, ExtInt.IRQ_RISING_FALLING, 0, seen.append)
print(u.control_485(UART.UART2 + 3, 1))
line.enable()
u.write('x')
print(wait_for(lambda: len(seen) == 2), seen, line.read_level())
line.disable()
print(u.control_485(5, 0), line.read_level())
