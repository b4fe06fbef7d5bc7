# firmware: documented 2021 2025 micropython
# cell: qrcode: show
from machine import LCD
import qrcode

print(qrcode.show('no screen', 1, 0, 0))
b = bytearray(4)
lcd = LCD()
print(lcd.lcd_init(b, 240, 320, 13000, 1, 4, 0, b, b, b, None))
print(qrcode.show('https://www.quectel.com', 4, 10, 10), qrcode.show(b'\x00\xff', 1, 0, 0, 0x07e0, 0xf800))
print(qrcode.show('x', 0, 0, 0), qrcode.show('x', 7, 0, 0), qrcode.show('x' * 5000, 1, 0, 0))
print(qrcode.show('x', 6, 200, 0), qrcode.show('x', 1, -1, 0))
try:
    qrcode.show('x')
except TypeError:
    print('TypeError')
