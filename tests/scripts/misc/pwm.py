# firmware: all
# cell: PWM
from misc import PWM
from usr.support import fails, raises

print(PWM.PWM0, PWM.PWM3, PWM.ABOVE_1US, PWM.ABOVE_MS, PWM.ABOVE_10US, PWM.ABOVE_BELOW_US)
p = PWM(PWM.PWM0, PWM.ABOVE_MS, 1, 4)
print(p.open(), p.close(), p.close())
for wrong in (4, 0, 1, 2), (-1, 0, 1, 2), (0, 4, 1, 2), (0, 0, -1, 2), (0, 0, 1, 65536), (0, 0, 3, 2):
    raises(PWM, *wrong)
fails(PWM, 0, 0, 0, 0)
raises(PWM, 0, 0, 1)
raises(PWM, 0, 0, 1.5, 2)
