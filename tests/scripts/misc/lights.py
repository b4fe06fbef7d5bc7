# firmware: all
# cell: net_light, antennaSecRXOffCtrl
import misc
from usr.support import raises

print(misc.net_light(), misc.net_light(1), misc.net_light(), misc.net_light(0), misc.net_light(), misc.net_light(2))
print(misc.antennaSecRXOffCtrl(), misc.antennaSecRXOffCtrl(1), misc.antennaSecRXOffCtrl(), misc.antennaSecRXOffCtrl(5))
raises(misc.net_light, 'x')
