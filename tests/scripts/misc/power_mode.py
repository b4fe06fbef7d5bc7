# firmware: 2026
# stderr: quecpy: the module is powered down
# cell: Power: generation 3 takes a mode
from misc import Power
from usr.support import raises
raises(Power.powerDown, 2)
Power.powerDown(1)
