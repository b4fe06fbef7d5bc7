# firmware: documented 2025 2026
# cell: PWM_V2
from misc import PWM_V2
from usr.support import fails, raises

p = PWM_V2(PWM_V2.PWM0, 50.0, 30)
print(p.open(), p.open(100.0, 50), p.close())
fails(PWM_V2, 0, 50, 30)
fails(p.open, 50)
raises(PWM_V2, 4, 50.0, 30)
raises(PWM_V2, 0, 50.0, 101)
raises(p.open, 50.0, -1)
