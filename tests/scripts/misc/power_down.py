# firmware: all
# cell: Power: powerDown in a callback ends the script
# stderr: quecpy: the module is powered down
import utime
from machine import Timer
from misc import Power

Timer(0).start(period=1, mode=Timer.ONE_SHOT, callback=lambda t: Power.powerDown())
utime.sleep(60)
print('never')
