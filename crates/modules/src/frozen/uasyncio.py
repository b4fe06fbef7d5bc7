# uasyncio: coroutines that take turns in one thread, with the names of version 3. Below: the loop, tasks,
# what tasks wait for, combinations of tasks, streams. Source: the module contract, std, uasyncio.
import uerrno
import uselect
import usocket
import usys
import utime

# Longer waits are cut: ticks_diff() tells time differences of less than 2**29 ms only.
_LONGEST = 1 << 28


class CancelledError(BaseException):
    pass


class TimeoutError(Exception):
    pass


# ---- The loop

class _Clock:
    """Milliseconds that never wrap around."""

    def __init__(self):
        self._last = utime.ticks_ms()
        self._total = 0

    def now(self):
        ticks = utime.ticks_ms()
        self._total += utime.ticks_diff(ticks, self._last)
        self._last = ticks
        return self._total


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
        self.clock = _Clock()
        self.ready = []
        # By time; of the same time, the earlier set first.
        self.alarms = []
        self.sockets = _Sockets()
        self.current = None
        self.stopped = False
        self.handler = None


_state = _State()


def _alarm_in(ms, call):
    alarm = _Alarm(_state.clock.now() + max(ms, 0), call)
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
    now = _state.clock.now()
    alarms = _state.alarms
    while alarms and alarms[0].due <= now:
        alarms.pop(0).call()


def _wait_for_events():
    """Until something can go on: not at all when something can already."""
    if _state.ready:
        ms = 0
    elif _state.alarms:
        ms = min(max(_state.alarms[0].due - _state.clock.now(), 0), _LONGEST)
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


# ---- Streams

def _error_number(e):
    return e.args[0] if e.args else None


class Stream:
    """Both directions of a connection: the reader and the writer of a pair are the same object."""

    def __init__(self, socket, extra=None):
        self._socket = socket
        self._extra = extra or {}
        self._unsent = b''
        self._closing = None

    def get_extra_info(self, name):
        return self._extra[name]

    async def read(self, n=-1):
        """What there is, up to n bytes; without n all until the end."""
        data = b''
        while True:
            await _readable(self._socket)
            part = self._socket.read() if n < 0 else self._socket.read(n)
            if n >= 0 and part is not None:
                return part
            if part == b'':
                return data
            data += part or b''

    async def readinto(self, buf):
        while True:
            await _readable(self._socket)
            count = self._socket.readinto(buf)
            if count is not None:
                return count

    async def readexactly(self, n):
        data = b''
        while len(data) < n:
            part = await self.read(n - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    async def readline(self):
        line = b''
        while not line.endswith(b'\n'):
            await _readable(self._socket)
            part = self._socket.readline()
            if part == b'':
                break
            line += part or b''
        return line

    def write(self, buf):
        self._unsent += buf.encode() if isinstance(buf, str) else bytes(buf)
        self._send()

    def _send(self):
        if self._unsent:
            sent = self._socket.write(self._unsent)
            self._unsent = self._unsent[sent or 0:]

    async def drain(self):
        if not self._unsent:
            # Even who writes without end lets others go on.
            await sleep_ms(0)
        while self._unsent:
            await _writable(self._socket)
            self._send()

    def close(self):
        if self._closing is not None:
            return
        if self._unsent:
            self._closing = create_task(self._close_when_sent())
        else:
            self._closing = True
            self._socket.close()

    async def _close_when_sent(self):
        try:
            await self.drain()
        finally:
            self._socket.close()

    async def wait_closed(self):
        self.close()
        if isinstance(self._closing, Task):
            await self._closing

    async def __aenter__(self):
        return self

    async def __aexit__(self, _type, _error, _traceback):
        self.close()
        await self.wait_closed()

    # Older names, which servers for MicroPython still use.
    async def awrite(self, data):
        self.write(data)
        await self.drain()

    async def aclose(self):
        self.close()
        await self.wait_closed()


StreamReader = Stream
StreamWriter = Stream


def _address_of(host, port):
    found = usocket.getaddrinfo(host, port)
    if not found:
        # Firmware of 2021 answers with an empty list.
        raise OSError(-2)
    return found[0][0], found[0][-1]


async def open_connection(host, port):
    family, address = _address_of(host, port)
    socket = usocket.socket(family, usocket.SOCK_STREAM)
    try:
        await _connect(socket, address)
    except BaseException:
        socket.close()
        raise
    stream = Stream(socket, {'peername': address})
    return stream, stream


async def _connect(socket, address):
    socket.setblocking(False)
    try:
        socket.connect(address)
    except OSError as e:
        if _error_number(e) != uerrno.EINPROGRESS:
            raise
        await _writable(socket)
        _confirm(socket, address)


def _confirm(socket, address):
    """Asks again, which tells whether it worked."""
    try:
        socket.connect(address)
    except OSError as e:
        # "Connected already", as the firmwares number it.
        if _error_number(e) not in (106, uerrno.EALREADY):
            raise


class Server:
    def __init__(self, socket, callback):
        self._socket = socket
        self._callback = callback
        self._closed = False
        self._task = create_task(self._serve())

    def close(self):
        self._closed = True
        self._task.cancel()
        # Also when the task has not begun, and then never gets to its own end.
        self._socket.close()

    async def wait_closed(self):
        try:
            await self._task
        except CancelledError:
            # Unless it was close(), somebody cancelled the waiting task.
            if not self._closed:
                raise

    async def __aenter__(self):
        return self

    async def __aexit__(self, _type, _error, _traceback):
        self.close()
        await self.wait_closed()

    async def _serve(self):
        while True:
            await _readable(self._socket)
            try:
                # Its shape differs between firmwares: a pair with the address in it, or three items.
                accepted = self._socket.accept()
            except OSError as e:
                if _error_number(e) in (uerrno.EAGAIN, uerrno.ECONNABORTED):
                    continue
                raise
            peer = accepted[1] if len(accepted) == 2 else accepted[1:]
            accepted[0].setblocking(False)
            create_task(self._handle(Stream(accepted[0], {'peername': peer})))

    async def _handle(self, stream):
        result = self._callback(stream, stream)
        if hasattr(result, 'send'):
            await result


async def start_server(callback, host, port, backlog=5):
    family, address = _address_of(host, port)
    socket = usocket.socket(family, usocket.SOCK_STREAM)
    try:
        socket.setblocking(False)
        socket.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)
        socket.bind(address)
        socket.listen(backlog)
    except BaseException:
        socket.close()
        raise
    return Server(socket, callback)
