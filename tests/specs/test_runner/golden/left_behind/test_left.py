import _thread
import usocket
import utime

kept = []


def test_leaves_a_socket():
    kept.append(usocket.socket())


def test_closes_its_socket():
    s = usocket.socket()
    s.close()
    kept.append(s)


def wait():
    utime.sleep(60)


def test_leaves_a_thread():
    _thread.start_new_thread(wait, ())


def test_its_thread_has_ended():
    done = []
    _thread.start_new_thread(done.append, (1,))
    while not done:
        utime.sleep_ms(1)
    utime.sleep_ms(20)
