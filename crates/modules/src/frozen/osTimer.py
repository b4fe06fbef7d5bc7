# osTimer: timers whose callbacks run one after the other, in one thread for all of them. The thread lives
# while a timer runs, so that a program without timers can end. The module's name stands for the class itself:
# the registry binds it.
# Source: the module contract, system, osTimer.
import _quecpy_firmware
import _thread
import usys
import utime
from _quecpy_clock import Clock, LONGEST

# Where waits cannot be cut short (see _Bell): how late a timer that is started meanwhile may be.
_SLICE = 5


class _Bell:
    """A wait with a time limit that another thread can end."""

    def __init__(self):
        # Firmware of 2021 has no semaphores, and a lock waits without limit.
        allocate = getattr(_thread, 'allocate_semphore', None)
        self._semaphore = allocate and allocate(1)
        if self._semaphore:
            self._semaphore.acquire()

    def wait(self, ms):
        if self._semaphore:
            self._semaphore.acquire(min(ms, LONGEST))
        else:
            utime.sleep_ms(min(ms, _SLICE))

    def ring(self):
        if self._semaphore:
            try:
                self._semaphore.release()
            except RuntimeError:
                pass  # It rings already.


class _Run:
    """One start of a timer."""

    def __init__(self, due, period, callback):
        self.due = due
        self.period = period
        self.callback = callback


class _Worker:
    """The thread of all timers, and what it waits for."""

    def __init__(self):
        self._guard = _thread.allocate_lock()
        self._bell = _Bell()
        self._clock = Clock()
        self._runs = []
        self._alive = False

    def start(self, earlier, ms, cyclic, callback):
        with self._guard:
            self._forget(earlier)
            if not self._alive:
                _thread.start_new_thread(self._work, ())
                self._alive = True
            run = _Run(self._clock.now() + ms, ms if cyclic else None, callback)
            self._runs.append(run)
            self._bell.ring()
            return run

    def stop(self, run):
        with self._guard:
            self._forget(run)
            self._bell.ring()

    def _forget(self, run):
        if run in self._runs:
            self._runs.remove(run)

    def _work(self):
        while True:
            with self._guard:
                if not self._runs:
                    self._alive = False
                    return
                run = min(self._runs, key=_due)
                now = self._clock.now()
                ms = run.due - now
                if ms <= 0:
                    self._expire(run, now)
            if ms > 0:
                self._bell.wait(ms)
            else:
                _call(run.callback)

    def _expire(self, run, now):
        if run.period is None:
            self._runs.remove(run)
        else:
            # Without drift; but beats that a slow callback missed are not made up for.
            run.due = max(run.due + run.period, now)


def _due(run):
    return run.due


def _call(callback):
    try:
        callback(None)
    except SystemExit:
        pass
    except BaseException as e:
        usys.print_exception(e, usys.stderr)


_worker = _Worker()


class osTimer:
    def __init__(self, *_ignored):
        self._run = None
        self._deleted = False

    def start(self, ms, cyclic, callback):
        if not isinstance(ms, int):
            raise TypeError("can't convert %s to int" % type(ms).__name__)
        if _quecpy_firmware.timer_checks_callback and not callable(callback):
            raise TypeError('callback must be callable')
        if self._deleted:
            return -1
        # A cyclic timer of 0 ms would leave no time for anything else.
        self._run = _worker.start(self._run, max(ms, 1), cyclic, callback)
        return 0

    def stop(self):
        if self._deleted:
            return -1
        _worker.stop(self._run)
        return 0

    def delete_timer(self):
        self.stop()
        self._deleted = True
        return 0
