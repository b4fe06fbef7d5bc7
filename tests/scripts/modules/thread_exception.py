# cell: _thread: uncaught exception in a thread
# firmware: all
# stderr: Unhandled exception in thread started by <function work at 
# stderr: Traceback (most recent call last):
# stderr: ValueError: in a thread
import _thread


def work():
    raise ValueError('in a thread')


def wait():
    done.release()


_thread.start_new_thread(work, ())
done = _thread.allocate_lock()
done.acquire()
_thread.start_new_thread(wait, ())
done.acquire()
print('others are unaffected')
