# cell: _thread.allocate_semphore: acquire, release, getCnt, delete_semphore
# firmware: documented 2025 2026
import _thread

semaphore = _thread.allocate_semphore(2)
print(semaphore.acquire(), semaphore.acquire(10), semaphore.acquire(10))
count = semaphore.getCnt()
print(count.maxCnt, count.curCnt, count[0], count[1])
print(semaphore.release(), semaphore.release(), semaphore.getCnt()[1])
try:
    semaphore.release()
except RuntimeError as e:
    print('RuntimeError', e.args)
print(_thread.delete_semphore(semaphore))
try:
    _thread.delete_semphore(5)
except TypeError as e:
    print(e)
