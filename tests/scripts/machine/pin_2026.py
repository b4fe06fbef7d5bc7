# firmware: 2026
from machine import Pin
from usr.support import fails
print(Pin(Pin.GPIO0), Pin(43), Pin.BLINK_ON, Pin.BLINK_OFF, hasattr(Pin, 'GPIO44'))
fails(Pin, 44)
