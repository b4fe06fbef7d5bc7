# firmware: all
# cell: WDT: one that is not fed ends the session, whatever runs
import _thread
import utime
from machine import WDT


def work():
    while True:
        pass


_thread.start_new_thread(work, ())
dog = WDT(1)
print('waiting')
utime.sleep(60)
print('never')
