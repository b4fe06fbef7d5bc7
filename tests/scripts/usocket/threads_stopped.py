# cell: _thread.stop_thread(id): kills at once: no finally, no handler, locks it held stay locked
# options: --heap 512M
# firmware: all
import _thread
import uselect
import usocket
import utime
from usr.support import bound, full, moment, pair

held = _thread.allocate_lock()
lock = _thread.allocate_lock()
lock.acquire()
listener = bound()[0]
listener.listen(1)
server, client = pair()
busy, busy_port, clients = full()
datagram = bound(usocket.SOCK_DGRAM)[0]
ran = []


def compute():
    while True:
        pass


def generate():
    for i in iter(int, 1):
        pass


def sleep():
    utime.sleep(1000)


def catch():
    while True:
        try:
            utime.sleep(1000)
        except BaseException:
            ran.append('except')


def catch_all():
    while True:
        try:
            while True:
                pass
        except:
            ran.append('except:')


def at_last():
    try:
        utime.sleep(1000)
    finally:
        ran.append('finally')


def hold():
    with held:
        utime.sleep(1000)


states = [(state, ()) for state in (compute, generate, sleep, catch, catch_all, at_last, hold, lock.acquire)]
states += [(listener.accept, ()), (datagram.recvfrom, (1,)), (server.recv, (1,)), (server.read, (10,))]
states += [(server.readline, ()), (server.send, (bytes(100000000),)), (uselect.poll().poll, ())]
states.append((usocket.socket().connect, (('127.0.0.1', busy_port),)))
for state, arguments in states:
    number = _thread.start_new_thread(state, arguments)
    moment()
    assert _thread.stop_thread(number) == 0
    try:
        _thread.stop_thread(number)
    except ValueError as e:
        assert str(e) == 'No thread with thread id %d was found!' % number
# One that has not begun.
number = _thread.start_new_thread(sleep, ())
print(_thread.stop_thread(number))
moment()
print(ran, held.locked())
