# What these scripts share.
import utime


def wait_for(condition):
    for _ in range(5000):
        if condition():
            return True
        utime.sleep_ms(1)
    return False


def fails(call, *args, **keywords):
    try:
        print('no error:', call(*args, **keywords))
    except Exception as e:
        print(type(e).__name__, e)


def raises(call, *args, **keywords):
    try:
        print('no error:', call(*args, **keywords))
    except Exception as e:
        print(type(e).__name__)
