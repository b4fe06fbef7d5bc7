# uasyncio: coroutines that take turns in one thread, with the names of version 3. Here: locks, and combinations of
# tasks. Source: the module contract, std, uasyncio.
from _quecpy_loop import (
    CancelledError, Loop, Task, TimeoutError, _Line, _alarm_in, _task_of, create_task, current_task, get_event_loop,
    new_event_loop, run, sleep, sleep_ms
)
from _quecpy_streams import Server, Stream, open_connection, start_server


class Event:
    def __init__(self):
        self._set = False
        self._line = _Line()

    def is_set(self):
        return self._set

    def set(self):
        self._set = True
        self._line.resume_all()

    def clear(self):
        self._set = False

    async def wait(self):
        if not self._set:
            await self._line.wait()
        return True


class Lock:
    def __init__(self):
        # The task that has it; a task that is next in line has it before it goes on.
        self._holder = None
        self._line = _Line()

    def locked(self):
        return self._holder is not None

    async def acquire(self):
        if self._holder is None:
            self._holder = current_task()
            return True
        try:
            await self._line.wait()
        except CancelledError:
            if self._holder is current_task():
                self.release()
            raise
        return True

    def release(self):
        if self._holder is None:
            raise RuntimeError('Lock not acquired')
        self._holder = self._line.resume_first()

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, _type, _error, _traceback):
        self.release()


# ---- Combinations of tasks

class _Limit:
    """Cancels a task when its time is up."""

    def __init__(self, task, ms):
        self.over = False
        self._task = task
        self._alarm = _alarm_in(ms, self._ring)

    def _ring(self):
        self.over = self._task.cancel()

    def lift(self):
        self._alarm.forget()


async def wait_for_ms(aw, timeout):
    task = _task_of(aw)
    if timeout is None:
        return await task
    limit = _Limit(task, timeout)
    try:
        result = await task
    except CancelledError:
        if not limit.over:
            raise
    finally:
        limit.lift()
    if limit.over:
        raise TimeoutError
    return result


async def wait_for(aw, timeout):
    return await wait_for_ms(aw, None if timeout is None else int(timeout * 1000))


async def gather(*aws, return_exceptions=False):
    tasks = [_task_of(aw) for aw in aws]
    changed = Event()
    for task in tasks:
        task._wanted = True
        task._on_done.append(changed.set)
    try:
        while not _settled(tasks, return_exceptions):
            changed.clear()
            await changed.wait()
    except CancelledError:
        for task in tasks:
            task.cancel()
        raise
    return [_outcome(task, return_exceptions) for task in tasks]


def _settled(tasks, return_exceptions):
    """Whether all are done; one error is enough when errors are raised."""
    for task in tasks:
        if task._done and task._error is not None and not return_exceptions:
            return True
    return all([task._done for task in tasks])


def _outcome(task, return_exceptions):
    if return_exceptions and task._error is not None:
        return task._error
    return task._result()
