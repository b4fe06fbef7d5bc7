import _thread
import utime


def forever():
    while True:
        utime.sleep(1)


def test_waits():
    _thread.start_new_thread(forever, ())
    utime.sleep(0.05)
    forever()


def test_after():
    pass
