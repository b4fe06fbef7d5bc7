# A timer blinks a lamp at GPIO5, and an interrupt on the same line sees it.
from machine import ExtInt, Pin, Timer

lamp = Pin(Pin.GPIO5, Pin.OUT, Pin.PULL_DISABLE, 0)
timer = Timer(Timer.Timer0)
blinks = 0


def changed(args):
    gpio, edge = args
    print('GPIO%d %s' % (gpio, ('rises', 'falls')[edge]))


def blink(t):
    global blinks
    lamp.write(1 - lamp.read())
    blinks += 1
    if blinks == 4:
        t.stop()


watch = ExtInt(ExtInt.GPIO5, ExtInt.IRQ_RISING_FALLING, ExtInt.PULL_DISABLE, changed)
watch.enable()
timer.start(period=20, mode=timer.PERIODIC, callback=blink)
