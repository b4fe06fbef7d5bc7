# Answers each line that arrives at UART2, until one says "bye". On a PC the other end is a terminal or a TCP client:
#   quecpy --uart 2:pty=/tmp/uart2 uart_echo.py          and then, for example: picocom /tmp/uart2
#   quecpy --uart 2:tcp=127.0.0.1:4000 uart_echo.py      and then: nc 127.0.0.1 4000
from machine import UART

uart = UART(UART.UART2, 115200, 8, 0, 1, 0)
waiting = b''


def received(args):
    global waiting
    status, port, size = args
    waiting += uart.read(size)
    while b'\n' in waiting:
        line, waiting = waiting.split(b'\n', 1)
        text = line.decode().strip()
        print('UART%d: %s' % (port, text))
        uart.write('you said: ' + text + '\r\n')
        if text == 'bye':
            uart.close()
            return


# The callback keeps the script going until the port is closed.
uart.set_callback(received)
