# osTimer: timers of the operating system; their callbacks are called as those of all other events. The module's name
# stands for the class itself: the registry binds it.
# Source: the module contract, system, osTimer.
import _quecpy_firmware
import _quecpy_time

_LONGEST = 0xffffffff  # ms, a counter of 32 bits


class osTimer:
    def __init__(self, *_ignored):
        self._timer = _quecpy_time.Timer()
        self._deleted = False

    def start(self, ms, cyclic, callback):
        if not isinstance(ms, int):
            raise TypeError("can't convert %s to int" % type(ms).__name__)
        if _quecpy_firmware.timer_checks_callback and not callable(callback):
            raise TypeError('callback must be callable')
        if self._deleted:
            return -1
        if not callable(callback):
            # It fails when it is called.
            wrong = callback
            callback = lambda nothing: wrong(nothing)
        # A cyclic timer of 0 ms would leave no time for anything else.
        self._timer.start(min(max(ms, 1), _LONGEST), bool(cyclic), callback)
        return 0

    def stop(self):
        if self._deleted:
            return -1
        self._timer.stop()
        return 0

    def delete_timer(self):
        self.stop()
        self._deleted = True
        return 0
