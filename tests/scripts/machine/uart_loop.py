# firmware: documented 2021 2025 micropython
# options: --uart 2:loop
# cell: UART: any, read, readline, readinto, write, init, close, iteration
from machine import UART

u = UART(UART.UART2, 115200, 8, 0, 1, 0)
print(u)
print(u.any(), u.read(), u.read(5), u.readline())
print(u.write('text é\n'), u.any())
print(u.write(b'more\n'), u.write(bytearray(b'end')), u.write(b''))
print(u.read(4), u.read(0), u.readline(), u.readline(), u.readline(), u.readline())
buffer = bytearray(4)
u.write(b'abcdef')
print(u.readinto(buffer), buffer, u.readinto(buffer, 1), buffer, u.readinto(buffer), buffer, u.readinto(buffer))
u.write('one\ntwo\nthree')
print([line for line in u])
u.write(b'dropped')
print(u.init(9600, 7, 1, 2, 1), u, u.any())
v = UART(2, baudrate=9600, bits=8, parity=2, stop=1, flow=0)
print(v is u, v)
print(u.close(), u.close(), u.any(), u.write(b'x'), u.read())
