# cell: _thread.get_ident(): int
# firmware: all
import _thread

done = _thread.allocate_lock()
done.acquire()
idents = []


def work():
    idents.append(_thread.get_ident())
    done.release()


_thread.start_new_thread(work, ())
done.acquire()
idents.append(_thread.get_ident())
print([type(i) is int for i in idents], idents[0] != idents[1], idents[1] == _thread.get_ident())
