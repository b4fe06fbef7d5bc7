# firmware: 2026
# stderr: quecpy: the module restarts
import machine
from misc import Power
print('before', Power.powerOnReason())
if Power.powerOnReason() == 2:
    Power.powerDown()
machine.reset()
print('never')
