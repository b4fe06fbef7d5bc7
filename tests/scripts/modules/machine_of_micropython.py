# cell: machine.Signal, PinBase, time_pulse_us, mem8
# firmware: micropython
import machine


class Switch(machine.PinBase):
    def __init__(self, level=0):
        self.level = level

    def value(self, level=None):
        if level is None:
            return self.level
        self.level = level


pin = Switch()
plain, inverted = machine.Signal(pin), machine.Signal(pin, invert=True)
for level in (0, 1):
    plain.value(level)
    print(pin.value(), plain.value(), plain(), inverted.value())
inverted.on()
print(pin.level, inverted())
inverted.off()
print(pin.level, inverted())


class Light(machine.Signal):
    pass


print(Light(Switch(1))())


class Toggle(machine.PinBase):
    level = 0

    def value(self, level=None):
        self.level = 1 - self.level
        return self.level


print(type(machine.time_pulse_us(Toggle(), 1)), machine.time_pulse_us(Switch(), 1, 10), machine.time_pulse_us(Switch(), 0, 10))
print(machine.mem8, machine.mem16, machine.mem32)
for call in (lambda: machine.mem16[1], lambda: machine.mem32[2], lambda: machine.mem8['a'], lambda: machine.mem8[0:1]):
    try:
        call()
    except (TypeError, ValueError) as e:
        print(type(e).__name__)
