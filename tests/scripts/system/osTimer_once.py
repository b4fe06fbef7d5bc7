# cell: osTimer: one-shot, in the order of their times; cb(None); the program ends when no timer runs
# firmware: all
import osTimer
import utime

began = utime.ticks_ms()


def at(name, ms):
    def callback(*args):
        late = utime.ticks_diff(utime.ticks_ms(), began) - ms
        print(name, args, 0 <= late < 1000)
    return callback


print(type(osTimer) is type, type(osTimer()) is osTimer)
timers = [osTimer() for _ in range(3)]
print(timers[0].start(90, 0, at('third', 90)))
print(timers[1].start(10, 0, at('first', 10)))
print(timers[2].start(50, 0, at('second', 50)))
print('main is over')
