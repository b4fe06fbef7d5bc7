# cell: micropython: schedule
# firmware: all
# stderr: ValueError: printed
import micropython
import _thread
import utime

got = []
lock = _thread.allocate_lock()
lock.acquire()


def call(argument):
    got.append(argument)
    if argument == 'last':
        lock.release()


def failing(argument):
    raise ValueError(argument)


print(micropython.schedule(call, 1))
micropython.schedule(failing, 'printed')
micropython.schedule(lambda argument: micropython.schedule(call, argument), 'last')
lock.acquire()
print(got)
for wrong in ((1, 2), (call,)):
    try:
        micropython.schedule(*wrong)
    except TypeError:
        print('TypeError')


def hold(argument):
    lock.acquire()


micropython.schedule(hold, None)
try:
    for n in range(100):
        micropython.schedule(call, n)
except RuntimeError as e:
    print(e)
lock.release()
