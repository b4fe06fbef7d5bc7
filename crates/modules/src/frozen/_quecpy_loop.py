# The loop of uasyncio, its tasks, and what they wait for.
import uselect
import usys
import utime
import _quecpy_time


class CancelledError(BaseException):
    pass


class TimeoutError(Exception):
    pass


# ---- The loop

class _Alarm:
    """Something to call at a time. Also a place where a task waits."""

    def __init__(self, due, call):
        self.due = due
        self.call = call

    def forget(self, _task=None):
        if self in _state.alarms:
            _state.alarms.remove(self)


class _Sockets:
    """The sockets that tasks wait for, registered only so long: a hang-up is reported to any mask."""

    def __init__(self):
        self._poll = None
        self._waits = {}

    def __len__(self):
        return len(self._waits)

    def add(self, wait):
        if self._poll is None:
            self._poll = uselect.poll()
        self._waits.setdefault(id(wait.socket), []).append(wait)
        try:
            self._watch(wait.socket)
        except BaseException:
            self.remove(wait)
            raise

    def remove(self, wait):
        waits = self._waits.get(id(wait.socket), [])
        if wait in waits:
            waits.remove(wait)
            self._watch(wait.socket)

    def _watch(self, socket):
        waits = self._waits[id(socket)]
        mask = 0
        for wait in waits:
            mask |= wait.event
        if mask:
            self._poll.register(socket, mask)
        else:
            del self._waits[id(socket)]
            self._poll.unregister(socket)

    def resume(self, ms):
        for socket, events in self._poll.poll(ms):
            # An error, a hang-up or a close is for everybody who waits.
            other = events & ~(uselect.POLLIN | uselect.POLLOUT)
            for wait in list(self._waits.get(id(socket), ())):
                if other or wait.event & events:
                    self.remove(wait)
                    wait.task._resume()


class _State:
    def __init__(self):
        self.ready = []
        # By time; of the same time, the earlier set first.
        self.alarms = []
        self.sockets = _Sockets()
        self.current = None
        self.stopped = False
        self.handler = None


_state = _State()


def _alarm_in(ms, call):
    alarm = _Alarm(_quecpy_time.ms() + max(ms, 0), call)
    alarms = _state.alarms
    low, high = 0, len(alarms)
    while low < high:
        middle = (low + high) // 2
        if alarms[middle].due <= alarm.due:
            low = middle + 1
        else:
            high = middle
    alarms.insert(low, alarm)
    return alarm


def _ring_alarms():
    now = _quecpy_time.ms()
    alarms = _state.alarms
    while alarms and alarms[0].due <= now:
        alarms.pop(0).call()


def _wait_for_events():
    """Until something can go on: not at all when something can already."""
    if _state.ready:
        ms = 0
    elif _state.alarms:
        ms = max(_state.alarms[0].due - _quecpy_time.ms(), 0)
    else:
        ms = -1
    if _state.sockets:
        _state.sockets.resume(ms)
    elif ms > 0:
        utime.sleep_ms(ms)


def _run_until(main):
    """Runs tasks until `main` is done, stop() was called or nothing is left that could happen."""
    _state.stopped = False
    while not _is_over(main) and (_state.ready or _state.alarms or _state.sockets):
        _wait_for_events()
        _ring_alarms()
        _run_round(main)
    return main._result() if main is not None and main._done else None


def _run_round(main):
    # Who becomes ready meanwhile waits for the next round, so that sockets and alarms get their turn.
    for _ in range(len(_state.ready)):
        _state.ready.pop(0)._step()
        if _is_over(main):
            break


def _is_over(main):
    return _state.stopped or main is not None and main._done


class Loop:
    """All loops are one."""

    def create_task(self, coro):
        return create_task(coro)

    def run_forever(self):
        return _run_until(None)

    def run_until_complete(self, aw):
        return _run_until(_task_of(aw))

    def stop(self):
        _state.stopped = True

    def close(self):
        pass

    def set_exception_handler(self, handler):
        _state.handler = handler

    def get_exception_handler(self):
        return _state.handler

    def default_exception_handler(self, context):
        usys.stderr.write('%s\nfuture: %r\n' % (context['message'], context['future']))
        usys.print_exception(context['exception'], usys.stderr)

    def call_exception_handler(self, context):
        if _state.handler is None:
            self.default_exception_handler(context)
        else:
            _state.handler(self, context)


_loop = Loop()


def get_event_loop(*_ignored):
    return _loop


def new_event_loop():
    global _state
    _state = _State()
    return _loop


def run(coro):
    return _run_until(create_task(coro))


# ---- Tasks

class Task:
    def __init__(self, coro):
        self.coro = coro
        self._done = False
        self._value = None
        self._error = None
        self._wanted = False
        self._to_throw = None
        self._on_done = []
        # What it waits for, with a method forget(task); or the task that it waits for.
        self._place = None

    def done(self):
        return self._done

    def cancel(self):
        if self._done:
            return False
        if self is _state.current:
            raise RuntimeError("can't cancel self")
        if isinstance(self._place, Task):
            return self._place.cancel()
        self._to_throw = CancelledError()
        if self._place is not None:
            self._place.forget(self)
            self._resume()
        return True

    def __await__(self):
        self._wanted = True
        if not self._done:
            waiter = _state.current
            waiter._place = self
            self._on_done.append(waiter._resume)
            yield
        return self._result()

    def _result(self):
        self._wanted = True
        if self._error is not None:
            raise self._error
        return self._value

    def _resume(self):
        self._place = None
        _state.ready.append(self)

    def _step(self):
        if self._done:
            self._tell_of_error()
            return
        error, self._to_throw = self._to_throw, None
        _state.current = self
        try:
            if error is None:
                self.coro.send(None)
            else:
                self.coro.throw(error)
        except StopIteration as e:
            self._finish(e.value, None)
        except (CancelledError, Exception) as e:
            self._finish(None, e)
        finally:
            _state.current = None

    def _finish(self, value, error):
        self._done = True
        self._value = value
        self._error = error
        for call in self._on_done:
            call()
        if isinstance(error, Exception) and not self._wanted:
            # Somebody may still come and await it in this round.
            _state.ready.append(self)

    def _tell_of_error(self):
        if not self._wanted:
            context = {'message': "Task exception wasn't retrieved", 'exception': self._error, 'future': self}
            _loop.call_exception_handler(context)


def create_task(coro):
    if not hasattr(coro, 'send'):
        raise TypeError('coroutine expected')
    task = Task(coro)
    _state.ready.append(task)
    return task


def _task_of(aw):
    return aw if isinstance(aw, Task) else create_task(aw)


def current_task():
    if _state.current is None:
        raise RuntimeError('no running event loop')
    return _state.current


# ---- What tasks wait for

class _Pause:
    """Leaves the loop to the others until the task is resumed."""

    def __await__(self):
        yield


_pause = _Pause()


async def _wait_at(place):
    _state.current._place = place
    await _pause


async def sleep_ms(ms):
    await _wait_at(_alarm_in(ms, current_task()._resume))


async def sleep(s):
    await sleep_ms(int(s * 1000))


class _SocketWait:
    def __init__(self, socket, event):
        self.socket = socket
        self.event = event
        self.task = current_task()
        _state.sockets.add(self)

    def forget(self, _task):
        _state.sockets.remove(self)


async def _readable(socket):
    await _wait_at(_SocketWait(socket, uselect.POLLIN))


async def _writable(socket):
    await _wait_at(_SocketWait(socket, uselect.POLLOUT))


class _Line:
    """Tasks that wait in a line."""

    def __init__(self):
        self._tasks = []

    async def wait(self):
        self._tasks.append(current_task())
        await _wait_at(self)

    def forget(self, task):
        self._tasks.remove(task)

    def resume_first(self):
        """The task that goes on, if any waited."""
        if not self._tasks:
            return None
        task = self._tasks.pop(0)
        task._resume()
        return task

    def resume_all(self):
        while self.resume_first():
            pass
