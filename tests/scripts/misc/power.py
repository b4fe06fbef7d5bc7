# firmware: all
# cell: Power: reasons, supply; a class, in generation 3 a module
from misc import Power
import misc
from usr.support import raises

print(Power.powerOnReason(), Power.powerDownReason(), Power.getVbatt(), misc.Power is Power)
print(type(Power) is type, type(Power) is type(misc))
raises(Power.powerOnReason, 1)
raises(Power.powerRestart, 'x')
raises(Power.getVbatt, 1)
