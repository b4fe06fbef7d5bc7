# options: --ephemeral
# cell: LCD: lcd_show with and without a head; mipi_init
from machine import LCD
from usr.support import raises

lcd = LCD()
print(lcd.mipi_init(b'init', width=4, hight=-1), lcd.mipi_init(initbuf=b'init', width=4, hight=2, bpp=16))
with open('/usr/picture.bin', 'wb') as f:
    f.write(b'\x10\x10\x00\x02\x00\x01\x01\x1babcd')
print(lcd.lcd_show('/usr/picture.bin', 0, 0), lcd.lcd_show('/usr/picture.bin', 3, 0))
print(lcd.lcd_show('/usr/picture.bin', 0, 0, 3, 2), lcd.lcd_show('/usr/picture.bin', 0, 0, 4, 2))
print(lcd.lcd_show('/usr/picture.bin', 0, 0, 1 << 62, 1 << 62), lcd.lcd_show_jpg('/usr/picture.bin', 0, 0))
raises(lcd.lcd_show, 5, 0, 0)
