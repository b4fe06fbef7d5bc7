# cell: utime.ticks_ms, ticks_us, ticks_cpu: int 0..0x3FFFFFFF
# firmware: all
import utime

for ticks in (utime.ticks_ms, utime.ticks_us, utime.ticks_cpu):
    value = ticks()
    print(type(value) is int, 0 <= value <= 0x3FFFFFFF, utime.ticks_diff(ticks(), value) >= 0)
start_us, start_ms = utime.ticks_us(), utime.ticks_ms()
utime.sleep_ms(20)
print(15000 <= utime.ticks_diff(utime.ticks_us(), start_us) < 1000000, 15 <= utime.ticks_diff(utime.ticks_ms(), start_ms) < 1000)
