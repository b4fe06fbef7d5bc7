# firmware: all
# options: --uart 1:loop
# cell: UART: set_callback; the list [status, port, size]
from machine import UART
from usr.support import wait_for

u = UART(1, 115200, 8, 0, 1, 0)
seen = []
print(u.set_callback(lambda args: seen.append((args, u.read(args[2])))))
u.write('hello')
print(wait_for(lambda: len(seen) == 1), seen)
u.set_callback(None)
u.write('quiet')
print(u.read(), len(seen))
