# firmware: documented 2025
# Exceptions that nobody can catch are passed over, also where a script has a module `sys` of its own.
import _thread


class Endless:
    def __iter__(self):
        return self

    def __next__(self):
        return 1

    @property
    def close(self):
        raise ValueError("close")


def generator():
    yield from Endless()


def left(where):
    for i in range(5):
        g = generator()
        next(g)
        g.close()
    print(where)


left("main thread")
try:
    1 / 0
except ZeroDivisionError:
    left("while an exception is handled")
done = _thread.allocate_lock()
done.acquire()


def work():
    left("thread")
    done.release()


_thread.start_new_thread(work, ())
done.acquire()
try:
    import sys
except ValueError as e:
    print("the script's own:", e)
