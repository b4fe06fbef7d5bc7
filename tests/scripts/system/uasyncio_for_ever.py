# cell: uasyncio: a main task that waits for what only another thread can do
# firmware: all
import _thread
import uasyncio
import utime

event = uasyncio.Event()


def later():
    utime.sleep_ms(30)
    event.set()


# Before MicroPython 1.26 run() returned where no task could go on.
_thread.start_new_thread(later, ())
print(uasyncio.run(event.wait()))
