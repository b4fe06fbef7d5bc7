# cell: usys.print_exception(exc[, file]): None; the format, std.md
# firmware: all
import usys
from usr.support import pair


def show(e):
    # Into a stream that can be read: the path of this file is another on every computer.
    server, client = pair()
    try:
        raise e
    except Exception as caught:
        assert usys.print_exception(caught, client) is None
    client.close()
    head, place, last, end = server.read().decode().split('\n')
    print(head)
    print(place.startswith('  File "'), place.endswith('usys_print_exception.py", line 11, in show'))
    print(repr(last), repr(end))


show(ValueError('msg'))
show(ValueError())
show(OSError(2))
show(OSError(106))
show(KeyError('k'))
show(ValueError('a', 1))
