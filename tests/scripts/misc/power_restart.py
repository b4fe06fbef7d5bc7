# firmware: all
# cell: Power: powerRestart ends everything that runs
import _thread
import utime
from machine import Timer
from misc import Power


def work():
    while True:
        utime.sleep(10)


_thread.start_new_thread(work, ())
Timer(0).start(period=1000, callback=print)
print('before')
Power.powerRestart()
print('never')
