# uasyncio: coroutines that take turns in one thread. Here: events, locks, and combinations of tasks, of MicroPython's
# extmod/asyncio (event.py, lock.py, funcs.py; MIT license, copyright 2019-2022 Damien P. George).
import uio
import _quecpy_loop as core
from _quecpy_loop import (
    CancelledError, IOQueue, Loop, Task, TaskQueue, TimeoutError, _pause, create_task, current_task, get_event_loop,
    new_event_loop, run, run_until_complete, sleep, sleep_ms, ticks
)
from _quecpy_streams import Server, Stream, StreamReader, StreamWriter, open_connection, start_server

__version__ = (3, 0, 0)


class Event:
    def __init__(self):
        self.state = False
        self.waiting = TaskQueue()

    def is_set(self):
        return self.state

    def set(self):
        while self.waiting.peek():
            core._task_queue.push(self.waiting.pop())
        self.state = True

    def clear(self):
        self.state = False

    async def wait(self):
        if not self.state:
            self.waiting.push(core.cur_task)
            core.cur_task.data = self.waiting
            await _pause
        return True


class ThreadSafeFlag(uio.IOBase):
    """May be set by other threads and by callbacks: a stream that the loop polls. Cleared by wait()."""

    def __init__(self):
        self.state = 0

    def ioctl(self, req, flags):
        if req == 3:  # MP_STREAM_POLL
            return self.state * flags
        return -1

    def set(self):
        self.state = 1

    def clear(self):
        self.state = 0

    async def wait(self):
        if not self.state:
            core._io_queue.queue_read(self)
            await _pause
        self.state = 0


class Lock:
    def __init__(self):
        # 0: free. 1: taken. A task: free, and the task will take it next.
        self.state = 0
        self.waiting = TaskQueue()

    def locked(self):
        return self.state == 1

    def release(self):
        if self.state != 1:
            raise RuntimeError('Lock not acquired')
        if self.waiting.peek():
            self.state = self.waiting.pop()
            core._task_queue.push(self.state)
        else:
            self.state = 0

    async def acquire(self):
        if self.state != 0:
            self.waiting.push(core.cur_task)
            core.cur_task.data = self.waiting
            try:
                await _pause
            except CancelledError:
                if self.state == core.cur_task:
                    # It would have been next.
                    self.state = 1
                    self.release()
                raise
        self.state = 1
        return True

    async def __aenter__(self):
        return await self.acquire()

    async def __aexit__(self, _type, _error, _traceback):
        return self.release()


# ---- Combinations of tasks

async def _run(waiter, aw):
    try:
        result = await aw
        status = True
    except BaseException as e:
        result = None
        status = e
    if waiter.data is None and waiter.cancel():
        # Tells the waiting task how it ended. A later cancellation from outside is without arguments.
        waiter.data = CancelledError(status, result)


async def wait_for(aw, timeout, sleep=sleep):
    aw = core._promote_to_task(aw)
    if timeout is None:
        return await aw
    runner = create_task(_run(core.cur_task, aw))
    try:
        await sleep(timeout)
    except CancelledError as e:
        if not e.args:
            # From outside.
            runner.cancel()
            raise
        status, result = e.args
        if status is True:
            return result
        raise status
    runner.cancel()
    await runner
    raise TimeoutError


def wait_for_ms(aw, timeout):
    return wait_for(aw, timeout, sleep_ms)


class _Gathering:
    """Where a task waits that gathers others."""

    @staticmethod
    def remove(_task):
        pass


async def gather(*aws, return_exceptions=False):
    def done(_task, e):
        nonlocal state
        if gatherer.data is not _Gathering:
            # It goes on already.
            return
        if not return_exceptions and not isinstance(e, StopIteration):
            state = e
        else:
            state -= 1
            if state:
                return
        core._task_queue.push(gatherer)

    tasks = [core._promote_to_task(aw) for aw in aws]
    # How many are waited for; negative: one has failed already; an exception: to be raised.
    state = 0
    for task in tasks:
        if task.state is True:
            task.state = done
            state += 1
        elif not task.state:
            if not isinstance(task.data, StopIteration) and not return_exceptions:
                state = -len(tasks)
        else:
            raise RuntimeError("can't gather")
    gatherer = core.cur_task
    cancelled = False
    if state > 0:
        gatherer.data = _Gathering
        try:
            await _pause
        except CancelledError as e:
            cancelled = True
            state = e
    results = []
    for task in tasks:
        result = None
        if task.state is done:
            task.state = True
            if cancelled:
                task.cancel()
            result = task
        elif isinstance(task.data, StopIteration):
            result = task.data.value
        elif return_exceptions:
            result = task.data
        elif isinstance(state, int):
            state = task.data
        results.append(result)
    if state:
        raise state
    return results
