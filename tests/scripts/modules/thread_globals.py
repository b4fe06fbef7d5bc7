# cell: _thread: a new thread shares its caller's globals
# firmware: all
import _thread

done = _thread.allocate_lock()
done.acquire()
count = 0


def work():
    global count
    count += 1
    done.release()


_thread.start_new_thread(work, ())
done.acquire()
print(count)
