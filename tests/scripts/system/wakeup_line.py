# firmware: all
from wakeup import WakeUp

line = WakeUp(WakeUp.WAKEUP2, WakeUp.PULL_PU)
print(line.read(), line.enable(), line.disable(), line.set_callback(print), line.set_callback(None))
print(WakeUp(WakeUp.WAKEUP0, WakeUp.PULL_PD, WakeUp.IRQ_RISING).read())
print(line.deinit(), line.deinit(), line.enable(), line.read())
for wrong in (lambda: WakeUp(1, 0), lambda: WakeUp(0, 3), lambda: WakeUp(0, 0, 3), lambda: WakeUp(0),
              lambda: WakeUp('0', 0), lambda: line.set_callback(1)):
    try:
        print(wrong())
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
