# The loop of uasyncio, its tasks, and what they wait for. The order in which tasks go on, end and are cancelled is that of
# MicroPython's asyncio, also where that is odd.
import _quecpy_firmware
import uselect
import usys
import utime
from _quecpy_time import ms as ticks

# How long the loop waits where nothing of its own could go on, in ms.
_IDLE = 3


class CancelledError(BaseException):
    pass


class TimeoutError(Exception):
    pass


class TaskQueue:
    """Tasks by their times; of the same time the one that was pushed first comes first."""

    def __init__(self):
        self._tasks = []

    def peek(self):
        return self._tasks[0] if self._tasks else None

    def push(self, task, key=None):
        task._place = None
        task._due = due = ticks() if key is None else key
        tasks = self._tasks
        low, high = 0, len(tasks)
        # As a rule it is the last one.
        if high and tasks[-1]._due <= due:
            low = high
        while low < high:
            middle = (low + high) // 2
            if tasks[middle]._due <= due:
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

    def resume_all(self):
        """Lets all of them go on; whether there were any."""
        found = bool(self._tasks)
        while self._tasks:
            resume(self.pop())
        return found

    def ended(self, _task, _end):
        """As what a task tells of its end: these wait for it."""
        return self.resume_all()


class Task:
    def __init__(self, coro, _globals=None):
        self.coro = coro
        # Where it waits: something with remove(task). Another task, if it waits for that one's end.
        self._place = None
        self._due = 0
        # What is raised in it when it goes on.
        self._thrown = None
        # What is told of its end: ended(task, exception) says whether anybody took notice.
        self._told = None
        # The exception with which it ended; a result is in StopIteration.
        self._end = None
        self._noticed = False

    def __repr__(self):
        return '<Task>'

    def __iter__(self):
        if self._end is not None:
            self._noticed = True
        elif self._told is None:
            self._told = TaskQueue()
        elif not isinstance(self._told, TaskQueue):
            raise RuntimeError("can't wait")
        return self

    __await__ = __iter__

    def __next__(self):
        if self._end is not None:
            raise self._end
        self._told.push(cur_task)
        cur_task._place = self

    def done(self):
        return self._end is not None

    def cancel(self):
        if self._end is None and self is cur_task:
            raise RuntimeError("can't cancel self")
        return self._break(CancelledError)

    def _break(self, error):
        """Raises an error where it waits: in the innermost task of a chain that waits for each other."""
        if self._end is not None:
            return False
        task = self
        while isinstance(task._place, Task):
            task = task._place
        if task._place is not None:
            task._place.remove(task)
            resume(task)
        elif task._due > ticks():
            _task_queue.remove(task)
            resume(task)
        task._thrown = error
        return True

    def _is_undisturbed(self):
        """It sleeps or is about to run, and nothing will be raised in it."""
        return self._place is None and self._thrown is None

    def _step(self):
        """Goes on until it waits again: None; or its end."""
        error, self._thrown = self._thrown, None
        try:
            if error is None:
                self.coro.send(None)
            else:
                self.coro.throw(error)
        except (CancelledError, Exception) as end:
            return end

    def _finish(self, end, noticed):
        self._end = end
        if self._told is not None:
            noticed = self._told.ended(self, end) or noticed
        self._noticed = noticed or self._told is not None
        if not noticed and not isinstance(end, (CancelledError, StopIteration)):
            # Somebody may still come for it in this round.
            resume(self)


class _Pause:
    """Leaves the loop to the others until the task is resumed."""

    def __await__(self):
        yield


_pause = _Pause()


class _Sleep:
    def __init__(self, due):
        self._due = due

    def __iter__(self):
        return self

    __await__ = __iter__

    def __next__(self):
        due, self._due = self._due, None
        if due is None:
            raise StopIteration
        _task_queue.push(cur_task, due)


def sleep_ms(t):
    t = max(0, t)
    # Refuses what is out of the range of ticks.
    utime.ticks_add(0, t)
    return _Sleep(ticks() + t)


def sleep(t):
    return sleep_ms(int(t * 1000))


def resume(task):
    _task_queue.push(task)


def wait_in(place):
    """To be awaited: the current task waits there until it is resumed."""
    if isinstance(place, TaskQueue):
        place.push(cur_task)
    cur_task._place = place
    return _pause


def readable(stream):
    """To be awaited: until something can be read."""
    _io_queue.queue_read(stream)
    return _pause


def writable(stream):
    _io_queue.queue_write(stream)
    return _pause


class _Watched:
    """A stream that is polled, and who waits for it."""

    def __init__(self, stream):
        self.stream = stream
        self.reader = self.writer = None

    def events(self):
        return (uselect.POLLIN if self.reader else 0) | (uselect.POLLOUT if self.writer else 0)

    def resume(self, events):
        # An error is for both.
        if self.reader and events & ~uselect.POLLOUT:
            resume(self.reader)
            self.reader = None
        if self.writer and events & ~uselect.POLLIN:
            resume(self.writer)
            self.writer = None


class IOQueue:
    def __init__(self):
        self.poller = None
        self._watched = {}  # by the id of the stream

    def __len__(self):
        return len(self._watched)

    def queue_read(self, stream):
        watched = self._watch(stream)
        assert watched.reader is None
        watched.reader = cur_task
        cur_task._place = self
        self._poll(watched)

    def queue_write(self, stream):
        watched = self._watch(stream)
        assert watched.writer is None
        watched.writer = cur_task
        cur_task._place = self
        self._poll(watched)

    def _watch(self, stream):
        return self._watched.get(id(stream)) or _Watched(stream)

    def _poll(self, watched):
        """Polls for what is waited for now, and for nothing where nobody waits."""
        stream, events = watched.stream, watched.events()
        if not events:
            del self._watched[id(stream)]
            self.poller.unregister(stream)
        elif id(stream) in self._watched:
            self.poller.modify(stream, events)
        else:
            if self.poller is None:
                self.poller = uselect.poll()
            self.poller.register(stream, events)
            self._watched[id(stream)] = watched

    def remove(self, task):
        for watched in list(self._watched.values()):
            if task is watched.reader or task is watched.writer:
                # Whoever else waits for the same stream is forgotten as well.
                watched.reader = watched.writer = None
                self._poll(watched)

    def wait_io_event(self, ms):
        """Resumes those whose stream is ready, after so many ms at most; negative: no limit."""
        if self._watched:
            for stream, events in self.poller.ipoll(ms):
                watched = self._watched[id(stream)]
                watched.resume(events)
                self._poll(watched)
        elif ms > 0:
            utime.sleep_ms(ms)


def create_task(coro):
    if not hasattr(coro, 'send'):
        raise TypeError('coroutine expected')
    task = Task(coro)
    resume(task)
    return task


def task_of(awaitable):
    return awaitable if isinstance(awaitable, Task) else create_task(awaitable)


def _time_to_wait(main_task):
    """Until the next task is due, in ms; negative: until a stream is ready. None where nothing could happen any more."""
    task = _task_queue.peek()
    if task:
        return max(0, task._due - ticks())
    if len(_io_queue):
        return -1
    goes_on = main_task is not None and not main_task.done() and _quecpy_firmware.asyncio_waits_for_ever
    return _IDLE if goes_on else None


def _next_task(main_task):
    global cur_task
    while True:
        wait = _time_to_wait(main_task)
        if wait is None or not _task_queue.peek():
            cur_task = None
        if wait is None:
            return None
        _io_queue.wait_io_event(wait)
        if wait == 0:
            return _task_queue.pop()


def run_until_complete(main_task=None):
    global cur_task
    while True:
        task = _next_task(main_task)
        if task is None:
            return None
        if task.done():
            # It failed a round ago. Has nobody come for it?
            if not task._noticed:
                task._noticed = True
                _tell_of(task)
            continue
        cur_task = task
        end = task._step()
        if task is not main_task:
            if end is not None:
                task._finish(end, False)
        elif isinstance(end, StopIteration):
            cur_task = None
            task._finish(end, True)
            return end.value
        elif end is not None:
            cur_task = None
            task._end = end
            raise end


def run(coro):
    return run_until_complete(create_task(coro))


def _tell_of(task):
    Loop.call_exception_handler(
        {'message': "Task exception wasn't retrieved", 'exception': task._end, 'future': task}
    )


async def _end_of_run():
    pass


class Loop:
    """There is one loop, and this class is it."""

    _handler = None
    # Resumed by stop().
    _stop_task = None

    def create_task(coro):
        return create_task(coro)

    def run_forever():
        Loop._stop_task = Task(_end_of_run())
        run_until_complete(Loop._stop_task)

    def run_until_complete(awaitable):
        return run_until_complete(task_of(awaitable))

    def stop():
        task, Loop._stop_task = Loop._stop_task, None
        if task is not None:
            resume(task)

    def close():
        pass

    def set_exception_handler(handler):
        Loop._handler = handler

    def get_exception_handler():
        return Loop._handler

    def default_exception_handler(_loop, context):
        task = context['future']
        usys.stderr.write('%s\nfuture: %r coro= %r\n' % (context['message'], task, task.coro))
        usys.print_exception(context['exception'], usys.stderr)

    def call_exception_handler(context):
        handler = Loop._handler or Loop.default_exception_handler
        handler(Loop, context)


def get_event_loop(_runq_len=0, _waitq_len=0):
    return Loop


def current_task():
    if cur_task is None:
        raise RuntimeError('no running event loop')
    return cur_task


def new_event_loop():
    global _task_queue, _io_queue
    _task_queue, _io_queue = TaskQueue(), IOQueue()
    return Loop


cur_task = None
new_event_loop()
