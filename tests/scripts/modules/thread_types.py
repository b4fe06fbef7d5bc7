# cell: _thread: locks and semaphores are allocated, not instantiated
import _thread
from usr.support import kind

for made in (_thread.allocate_lock(), _thread.allocate_semphore(1)):
    print(kind(type(made)))
