# cell: _thread.stack_size([n]): umqtt sets 16*1024 and restores
# firmware: documented 2021 2026
import _thread

done = _thread.allocate_lock()
done.acquire()
before = _thread.stack_size()
print(_thread.stack_size(16 * 1024))
_thread.start_new_thread(done.release, ())
done.acquire()
print(_thread.stack_size(before), _thread.stack_size() == before)
