# cell: _thread.start_new_thread(fun, args, x): generation 1: a dict, else TypeError
# firmware: 2021
import _thread

done = _thread.allocate_lock()
done.acquire()


def work(a, b):
    print(a, b)
    done.release()


_thread.start_new_thread(work, (1,), {'b': 2})
done.acquire()
try:
    _thread.start_new_thread(work, (1,), 5)
except TypeError as e:
    print(e)
