# firmware: documented 2021 2025
# cell: constructors of I2C, SPI and ExtInt: the firmware's keywords; UART.GPIOn; lcd_init without commands for on and off
from machine import I2C, LCD, SPI, UART, ExtInt


def attempt(call, *args, **named):
    try:
        call(*args, **named)
        return 'made'
    except TypeError:
        return 'TypeError'


print(attempt(I2C, 0, fastmode=1), attempt(I2C, id=0, fastmode=0), attempt(I2C, 0), attempt(I2C, 0, mode=1))
print(attempt(SPI, port=0, mode=0, clk=1), attempt(SPI, 0, mode=0, clk=1), attempt(SPI, 0, 0))
print(attempt(SPI, 0, 0, 1, 0))
print(attempt(ExtInt, pin=1, mode=0, pull=0, callback=print), attempt(ExtInt, 1, 0, 0, print, filter_time=50),
      attempt(ExtInt, gpio=1, mode=0, pull=0, callback=print))
print(UART.GPIO1, UART.GPIO28)
lcd = LCD()
print(lcd.lcd_init(bytearray(3), 240, 240, 13000, 1, 4, 0, bytearray(3), None, None, None))
try:
    LCD().lcd_init(None, 240, 240, 13000, 1, 4, 0, bytearray(3), None, None, None)
except TypeError:
    print('TypeError')
