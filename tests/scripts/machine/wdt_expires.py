# firmware: all
# cell: WDT: one that is not fed ends the session, whatever runs
# stderr: quecpy: the module restarts
import _thread
import utime
from machine import WDT
from misc import Power


def work():
    while True:
        pass


_thread.start_new_thread(work, ())
print('on by', Power.powerOnReason())
if Power.powerOnReason() == 5:
    Power.powerDown()
dog = WDT(1)
print('waiting')
utime.sleep(60)
print('never')
