# cell: _thread.exit(), usys.exit in a thread: SystemExit is silent
# firmware: all
import _thread
import usys

done = [_thread.allocate_lock() for i in range(3)]


def work(i, leave):
    try:
        leave()
    except SystemExit as e:
        print(i, 'SystemExit', e.args)
        raise
    finally:
        done[i].release()


for i, leave in enumerate((_thread.exit, usys.exit, lambda: usys.exit(5))):
    done[i].acquire()
    _thread.start_new_thread(work, (i, leave))
    done[i].acquire()
