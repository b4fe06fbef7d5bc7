# queue: handing items from thread to thread. Source: the module contract, system, queue.
import _thread


class Queue:
    def __init__(self, maxsize=100):
        self.maxsize = maxsize
        self._items = []
        self._guard = _thread.allocate_lock()
        # Shut while there is nothing to get. Who passes it looks again: it may be open without need. And
        # every put() opens it: a consumer that was stopped on its way in does not lock the others out.
        self._gate = _thread.allocate_lock()
        self._gate.acquire()

    def put(self, item=None):
        with self._guard:
            # Strictly greater, as on the module: one item more than maxsize fits.
            if len(self._items) > self.maxsize:
                return False
            self._items.append(item)
            self._open()
            return True

    def get(self):
        while True:
            self._gate.acquire()
            with self._guard:
                if self._items:
                    item = self._items.pop(0)
                    if self._items:
                        self._open()
                    return item

    def _open(self):
        if self._gate.locked():
            self._gate.release()

    def empty(self):
        return not self._items

    def size(self):
        return len(self._items)

    def clear(self):
        with self._guard:
            self._items.clear()
