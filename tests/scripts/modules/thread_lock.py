# cell: _thread.allocate_lock: acquire, release, locked, with, LockType
# firmware: all
import _thread

lock = _thread.allocate_lock()
print(lock.locked(), lock.acquire(), lock.locked())
print(lock.acquire(0), lock.acquire(False), lock.release(), lock.locked())
print(lock.acquire(1), lock.release())
with lock as entered:
    print(entered, lock.locked())
print(lock.locked())
try:
    with lock:
        raise KeyError('out of it')
except KeyError:
    print(lock.locked())
try:
    lock.release()
except RuntimeError as e:
    print('RuntimeError', e.args, str(e) == '')
print(type(lock) is _thread.LockType)
