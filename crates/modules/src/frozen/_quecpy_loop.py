# The loop of uasyncio, its tasks, and what they wait for: MicroPython's extmod/asyncio (core.py, task.py; MIT license,
# copyright 2019-2022 Damien P. George), so that tasks run, end and are cancelled in its order. What differs: tasks wait
# in sorted lists, time never wraps around, and what is awaited has __await__, which this VM asks for.
import _quecpy_firmware
import uselect
import usys
import utime
from _quecpy_time import ms as ticks


class CancelledError(BaseException):
    pass


class TimeoutError(Exception):
    pass


# ---- Tasks

class TaskQueue:
    """Tasks by time; of the same time the earlier pushed first."""

    def __init__(self):
        self._tasks = []

    def peek(self):
        return self._tasks[0] if self._tasks else None

    def push(self, task, key=None):
        task.data = None
        task.ph_key = key = ticks() if key is None else key
        tasks = self._tasks
        low, high = 0, len(tasks)
        # As a rule it is the last one.
        if high and tasks[-1].ph_key <= key:
            low = high
        while low < high:
            middle = (low + high) // 2
            if tasks[middle].ph_key <= key:
                low = middle + 1
            else:
                high = middle
        tasks.insert(low, task)

    def pop(self):
        if not self._tasks:
            raise IndexError('empty heap')
        return self._tasks.pop(0)

    def remove(self, task):
        self._tasks.remove(task)


class Task:
    def __init__(self, coro, _globals=None):
        self.coro = coro
        # What it waits in, with a method remove(task); the task that it waits for; how it ended; what to throw into it.
        self.data = None
        # True: it runs. None: it ended, and nobody awaited it. False: it ended. Else a callable for its end, or a queue
        # of the tasks that wait for it.
        self.state = True
        self.ph_key = 0

    def __repr__(self):
        return '<Task>'

    def __iter__(self):
        if not self.state:
            self.state = False
        elif self.state is True:
            self.state = TaskQueue()
        elif type(self.state) is not TaskQueue:
            raise RuntimeError("can't wait")
        return self

    __await__ = __iter__

    def __next__(self):
        if not self.state:
            raise self.data
        self.state.push(cur_task)
        cur_task.data = self

    def done(self):
        return not self.state

    def cancel(self):
        if not self.state:
            return False
        if self is cur_task:
            raise RuntimeError("can't cancel self")
        while isinstance(self.data, Task):
            self = self.data
        if hasattr(self.data, 'remove'):
            self.data.remove(self)
            _task_queue.push(self)
        elif self.ph_key > ticks():
            _task_queue.remove(self)
            _task_queue.push(self)
        self.data = CancelledError
        return True


# ---- What tasks wait for

class _Pause:
    """Leaves the loop to the others until the task is pushed again."""

    def __await__(self):
        yield


_pause = _Pause()


class _Sleep:
    """Yields once, and has the task pushed before."""

    def __init__(self, due):
        self._due = due

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        if self._due is None:
            raise StopIteration
        _task_queue.push(cur_task, self._due)
        self._due = None


def sleep_ms(t):
    # Refuses what is out of the range of ticks.
    utime.ticks_add(0, max(0, t))
    return _Sleep(ticks() + max(0, t))


def sleep(t):
    return sleep_ms(int(t * 1000))


class IOQueue:
    def __init__(self):
        self.poller = None
        self.map = {}  # id(stream): [the task that waits to read, to write, the stream]

    def _enqueue(self, s, idx):
        entry = self.map.get(id(s))
        if entry is None:
            entry = [None, None, s]
            entry[idx] = cur_task
            if self.poller is None:
                self.poller = uselect.poll()
            self.poller.register(s, uselect.POLLOUT if idx else uselect.POLLIN)
            self.map[id(s)] = entry
        else:
            assert entry[idx] is None
            assert entry[1 - idx] is not None
            entry[idx] = cur_task
            self.poller.modify(s, uselect.POLLIN | uselect.POLLOUT)
        cur_task.data = self

    def _dequeue(self, s):
        del self.map[id(s)]
        self.poller.unregister(s)

    def queue_read(self, s):
        self._enqueue(s, 0)

    def queue_write(self, s):
        self._enqueue(s, 1)

    def remove(self, task):
        for q0, q1, s in list(self.map.values()):
            if q0 is task or q1 is task:
                self._dequeue(s)

    def wait_io_event(self, dt):
        if not self.map:
            if dt > 0:
                utime.sleep_ms(dt)
            return
        for s, ev in self.poller.ipoll(dt):
            sm = self.map[id(s)]
            if ev & ~uselect.POLLOUT and sm[0] is not None:
                _task_queue.push(sm[0])
                sm[0] = None
            if ev & ~uselect.POLLIN and sm[1] is not None:
                _task_queue.push(sm[1])
                sm[1] = None
            if sm[0] is None and sm[1] is None:
                self._dequeue(s)
            elif sm[0] is None:
                self.poller.modify(s, uselect.POLLOUT)
            else:
                self.poller.modify(s, uselect.POLLIN)


# ---- The loop

# How long the loop waits where nothing of its own could go on.
_IDLE = 3


def _promote_to_task(aw):
    return aw if isinstance(aw, Task) else create_task(aw)


def create_task(coro):
    if not hasattr(coro, 'send'):
        raise TypeError('coroutine expected')
    task = Task(coro)
    _task_queue.push(task)
    return task


def _next_task(main_task):
    """Waits until a task can go on. None where none is left that could."""
    global cur_task
    while True:
        task = _task_queue.peek()
        if task:
            dt = max(0, task.ph_key - ticks())
        elif _io_queue.map:
            dt = -1
        else:
            cur_task = None
            if not main_task or not main_task.state or not _quecpy_firmware.asyncio_waits_for_ever:
                return None
            dt = _IDLE
        _io_queue.wait_io_event(dt)
        if dt == 0:
            return _task_queue.pop()


def run_until_complete(main_task=None):
    global cur_task
    while True:
        task = _next_task(main_task)
        if task is None:
            return None
        cur_task = task
        thrown, task.data = task.data, None
        if task.state is None:
            # It failed before, and nobody has awaited it since.
            _tell_of(task, thrown)
            continue
        try:
            if thrown:
                task.coro.throw(thrown)
            else:
                task.coro.send(None)
        except (CancelledError, Exception) as e:
            assert task.data is None
            awaited = task is main_task
            if awaited:
                cur_task = None
                if not isinstance(e, StopIteration):
                    task.state = False
                    raise
            if task.state:
                _finish(task, e, awaited)
            if awaited:
                return e.value


def _finish(task, e, awaited):
    if task.state is True:
        # None: nobody has awaited it yet.
        task.state = False if awaited else None
    elif callable(task.state):
        task.state(task, e)
        task.state = False
        awaited = True
    else:
        while task.state.peek():
            _task_queue.push(task.state.pop())
            awaited = True
        task.state = False
    if not awaited and not isinstance(e, (CancelledError, StopIteration)):
        # Somebody may still come and await it in this round.
        _task_queue.push(task)
    task.data = e


def _tell_of(task, exception):
    task.data = exception
    _exc_context['exception'] = exception
    _exc_context['future'] = task
    Loop.call_exception_handler(_exc_context)


_exc_context = {'message': "Task exception wasn't retrieved", 'exception': None, 'future': None}


def run(coro):
    return run_until_complete(create_task(coro))


async def _stopper():
    pass


cur_task = None
_stop_task = None


class Loop:
    """All loops are one: the class."""

    _exc_handler = None

    def create_task(coro):
        return create_task(coro)

    def run_forever():
        global _stop_task
        _stop_task = Task(_stopper())
        run_until_complete(_stop_task)

    def run_until_complete(aw):
        return run_until_complete(_promote_to_task(aw))

    def stop():
        global _stop_task
        if _stop_task is not None:
            _task_queue.push(_stop_task)
            _stop_task = None

    def close():
        pass

    def set_exception_handler(handler):
        Loop._exc_handler = handler

    def get_exception_handler():
        return Loop._exc_handler

    def default_exception_handler(_loop, context):
        future = context['future']
        usys.stderr.write('%s\nfuture: %r coro= %r\n' % (context['message'], future, future.coro))
        usys.print_exception(context['exception'], usys.stderr)

    def call_exception_handler(context):
        (Loop._exc_handler or Loop.default_exception_handler)(Loop, context)


def get_event_loop(_runq_len=0, _waitq_len=0):
    return Loop


def current_task():
    if cur_task is None:
        raise RuntimeError('no running event loop')
    return cur_task


def new_event_loop():
    global _task_queue, _io_queue
    _task_queue = TaskQueue()
    _io_queue = IOQueue()
    return Loop


new_event_loop()
