# firmware: all
# cell: Pin: a class of the script's own
from machine import Pin


class Lamp(Pin):
    def toggle(self):
        self.write(1 - self.read())


lamp = Lamp(3)
lamp.toggle()
print(lamp.read(), Pin(3, 1, 0, 1) is lamp, isinstance(lamp, Pin), Lamp.GPIO3)
