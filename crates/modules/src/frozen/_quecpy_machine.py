# What MicroPython's ports have in machine beside the board's own classes (extmod/machine_signal.c, machine_pulse.c,
# machine_mem.c). No published firmware of Quectel's has it.
import uctypes
import utime


class PinBase:
    pass


class Signal:
    def __init__(self, pin, *settings, invert=False, **more):
        if settings or more or not hasattr(pin, 'value'):
            from machine import Pin

            pin = Pin(pin, *settings, **more)
        self._pin = pin
        self._invert = bool(invert)

    def value(self, *level):
        if level:
            self._pin.value(bool(level[0]) != self._invert)
            return None
        return int(bool(self._pin.value()) != self._invert)

    def __call__(self, *level):
        return self.value(*level)

    def on(self):
        self.value(1)

    def off(self):
        self.value(0)


def time_pulse_us(pin, pulse_level, timeout_us=1000000):
    start = utime.ticks_us()
    while pin.value() != pulse_level:
        if utime.ticks_diff(utime.ticks_us(), start) >= timeout_us:
            return -2
    start = utime.ticks_us()
    while pin.value() == pulse_level:
        if utime.ticks_diff(utime.ticks_us(), start) >= timeout_us:
            return -1
    return utime.ticks_diff(utime.ticks_us(), start)


class mem:
    def __init__(self, size, code):
        self._size = size
        self._code = code

    def _at(self, address):
        if not isinstance(address, int):
            raise TypeError("can't convert %s to int" % type(address).__name__)
        if address % self._size:
            raise ValueError('address %08x is not aligned to %d bytes' % (address, self._size))
        return uctypes.struct(address, {'word': self._code}, uctypes.LITTLE_ENDIAN)

    def __getitem__(self, address):
        return self._at(address).word

    def __setitem__(self, address, value):
        self._at(address).word = value

    def __repr__(self):
        return '<%d-bit memory>' % (8 * self._size)


mem8 = mem(1, uctypes.UINT8)
mem16 = mem(2, uctypes.UINT16)
mem32 = mem(4, uctypes.UINT32)
