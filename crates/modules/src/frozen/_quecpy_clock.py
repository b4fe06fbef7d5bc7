# Time for what waits in Python: osTimer and the loop of uasyncio.
import utime

# Longer waits are cut: ticks_diff() tells time differences of less than 2**29 ms only.
LONGEST = 1 << 28


class Clock:
    """Milliseconds that never wrap around."""

    def __init__(self):
        self._last = utime.ticks_ms()
        self._total = 0

    def now(self):
        ticks = utime.ticks_ms()
        self._total += utime.ticks_diff(ticks, self._last)
        self._last = ticks
        return self._total
