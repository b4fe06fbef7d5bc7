# cell: _thread.delete_lock(lock): None; TypeError "The argument isn't a lock."
# firmware: all
import _thread

print(_thread.delete_lock(_thread.allocate_lock()))
try:
    _thread.delete_lock(5)
except TypeError as e:
    print(e)
