# cell: _thread.start_new_thread(fun, args): int thread id, not zero; args a tuple or list
# firmware: all
import _thread
from usr.support import kind

done = _thread.allocate_lock()
done.acquire()


def work(*args):
    print(args)
    done.release()


first = _thread.start_new_thread(work, (1, 'two'))
done.acquire()
second = _thread.start_new_thread(work, [3])
done.acquire()
print(type(first) is int, first != 0, type(second) is int, second != 0)
print(kind(_thread.start_new_thread, work, 5), kind(_thread.start_new_thread, work, None))
print(kind(_thread.start_new_thread, work), kind(_thread.start_new_thread))
