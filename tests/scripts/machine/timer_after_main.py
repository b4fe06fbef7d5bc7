# firmware: all
# cell: a running timer keeps a finished script going, and its callback may drop it
from machine import Timer

count = 0


def tick(timer):
    global t, count
    count += 1
    if count == 2:
        timer.stop()
        del t, timer
        print('gone')


t = Timer(1)
t.start(period=1, mode=Timer.PERIODIC, callback=tick)
print('end of the script')
