# uasyncio: coroutines that take turns in one thread. Here: events, locks, and combinations of tasks.
import uio
import _quecpy_loop as core
from _quecpy_loop import (
    CancelledError, IOQueue, Loop, Task, TaskQueue, TimeoutError, create_task, current_task, get_event_loop,
    new_event_loop, run, run_until_complete, sleep, sleep_ms, ticks
)
from _quecpy_streams import Server, Stream, StreamReader, StreamWriter, open_connection, start_server

__version__ = (3, 0, 0)

# MP_STREAM_POLL of py/stream.h.
_POLL = 3


class Event:
    def __init__(self):
        self.state = False
        self._waiting = TaskQueue()

    def is_set(self):
        return self.state

    def set(self):
        self._waiting.resume_all()
        self.state = True

    def clear(self):
        self.state = False

    async def wait(self):
        if not self.state:
            await core.wait_in(self._waiting)
        return True


class ThreadSafeFlag(uio.IOBase):
    """May be set by other threads and by callbacks: a stream that the loop polls. Cleared by wait()."""

    def __init__(self):
        self.state = 0

    def ioctl(self, request, flags):
        if request != _POLL:
            return -1
        return flags if self.state else 0

    def set(self):
        self.state = 1

    def clear(self):
        self.state = 0

    async def wait(self):
        if not self.state:
            await core.readable(self)
        self.state = 0


class Lock:
    def __init__(self):
        self._taken = False
        # The task that takes it next, between a release and its turn.
        self._next = None
        self._waiting = TaskQueue()

    def locked(self):
        return self._taken

    def release(self):
        if not self._taken:
            raise RuntimeError('Lock not acquired')
        self._taken = False
        self._hand_on()

    def _hand_on(self):
        self._next = self._waiting.pop() if self._waiting.peek() else None
        if self._next is not None:
            core.resume(self._next)

    async def acquire(self):
        if self._taken or self._next is not None:
            try:
                await core.wait_in(self._waiting)
            except CancelledError:
                if self._next is core.cur_task:
                    self._hand_on()
                raise
        self._next = None
        self._taken = True
        return True

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, _type, _error, _traceback):
        return self.release()


class _Came(CancelledError):
    """What wait_for waited for has ended, with an error or a result: raised in its sleep."""


async def _watch(waiter, awaitable):
    error = result = None
    try:
        result = await awaitable
    except BaseException as e:
        error = e
    if waiter._is_undisturbed():
        waiter._break(_Came(error, result))


async def wait_for(aw, timeout, sleep=sleep):
    task = core.task_of(aw)
    if timeout is None:
        return await task
    watch = create_task(_watch(core.cur_task, task))
    try:
        await sleep(timeout)
    except _Came as came:
        error, result = came.args
        if error is not None:
            raise error
        return result
    except CancelledError:
        watch.cancel()
        raise
    watch.cancel()
    await watch
    raise TimeoutError


def wait_for_ms(aw, timeout):
    return wait_for(aw, timeout, sleep_ms)


class _Gathering:
    """Where a task waits until several have ended, or one has failed; each tells of its end here."""

    def __init__(self, keeps_errors):
        self._waiter = core.cur_task
        self._keeps_errors = keeps_errors
        self._running = 0
        self.error = None

    def add(self, task):
        if task._end is not None:
            if not isinstance(task._end, StopIteration) and not self._keeps_errors and self.error is None:
                self.error = task._end
        elif task._told is None:
            task._told = self
            self._running += 1
        else:
            raise RuntimeError("can't gather")

    def ended(self, _task, end):
        if self._waiter._place is self:
            if isinstance(end, StopIteration) or self._keeps_errors:
                self._running -= 1
            else:
                self.error = end
            if not self._running or self.error is not None:
                core.resume(self._waiter)
        return True

    def remove(self, _task):
        """Of the waiting task, when it is cancelled."""

    async def wait(self):
        if self._running and self.error is None:
            await core.wait_in(self)

    def leave(self, tasks, cancel):
        """Those that still run tell nobody of their end any more."""
        for task in tasks:
            if task._told is self and not task.done():
                task._told = None
                if cancel:
                    task.cancel()

    def result_of(self, task):
        end = task._end
        return end.value if isinstance(end, StopIteration) else end


async def gather(*aws, return_exceptions=False):
    tasks = [core.task_of(aw) for aw in aws]
    gathering = _Gathering(return_exceptions)
    for task in tasks:
        gathering.add(task)
    try:
        await gathering.wait()
    except CancelledError:
        gathering.leave(tasks, True)
        raise
    gathering.leave(tasks, False)
    if gathering.error is not None:
        raise gathering.error
    return [gathering.result_of(task) for task in tasks]
