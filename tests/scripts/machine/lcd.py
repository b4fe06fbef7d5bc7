# firmware: documented 2021 2025 micropython
# cell: LCD: lcd_init and what needs it
from machine import LCD
from usr.support import fails, raises

lcd = LCD()
print(lcd.lcd_clear(0xffff), lcd.lcd_write(b'ab', 0, 0, 0, 0), lcd.lcd_display_on(), lcd.lcd_brightness(1))
b = bytearray(4)
good = [b, 240, 320, 13000, 1, 4, 0, b, b, b, None]


def with_wrong(at, value):
    wrong = list(good)
    wrong[at] = value
    return wrong


fails(lcd.lcd_init, *with_wrong(0, b''))
fails(lcd.lcd_init, *with_wrong(3, 1))
fails(lcd.lcd_init, *with_wrong(7, b''))
fails(lcd.lcd_init, *with_wrong(8, b''))
fails(lcd.lcd_init, *with_wrong(9, b''))
fails(lcd.lcd_init, *with_wrong(4, 3))
fails(lcd.lcd_init, *with_wrong(5, 5))
fails(lcd.lcd_init, *with_wrong(6, 2))
raises(lcd.lcd_init, *with_wrong(0, 5))
raises(lcd.lcd_init, 1, 2, 3)
print(lcd.lcd_init(*with_wrong(1, 501)), lcd.lcd_init(*with_wrong(2, 0)), lcd.lcd_init(*with_wrong(0, bytearray(1001))))
print(lcd.lcd_init(*(good + [2])), lcd.lcd_init(*(with_wrong(3, 3) + [1, 9, 0, 1, 2, 3])))
print(lcd.lcd_init(*good), lcd.lcd_init(*good))
print(lcd.lcd_clear(0xf800), lcd.lcd_clear(-1), lcd.lcd_clear(1 << 16))
print(lcd.lcd_write(bytes(8), 10, 10, 11, 11), lcd.lcd_write(b'', 0, 0, 0, 0), lcd.lcd_write(bytes(8), 239, 0, 240, 0))
print(lcd.lcd_write(bytes(2), 0, 0, 9, 9), lcd.lcd_write(bytes(2), 1 << 62, 0, -(1 << 63), 0))
print(lcd.lcd_brightness(5), lcd.lcd_brightness(6), lcd.lcd_display_off(), lcd.lcd_display_on())
print(lcd.lcd_write_cmd(0x2c, 1), lcd.lcd_write_data(0xff, 1))
print(lcd.lcd_show('/usr/none.bin', 0, 0), lcd.lcd_show_jpg('/usr/none.jpg', 0, 0))
raises(lcd.lcd_write, 5, 0, 0, 0, 0)
raises(lcd.lcd_clear, '0xffff')
