# firmware: all
# cell: USB, USBNET, PowerKey
import misc
from misc import USB, USBNET, PowerKey
from usr.support import fails, raises

u = USB()
print(u.getStatus(), u.setCallback(print), u.setCallback(None))
raises(u.setCallback, 5)
print(misc.USBNET is USBNET, USBNET.Type_ECM, USBNET.Type_RNDIS)
print(USBNET.get_worktype(), USBNET.set_worktype(USBNET.Type_RNDIS), USBNET.get_worktype())
fails(USBNET.set_worktype, 2)
raises(USBNET.set_worktype, 'x')
print(USBNET.get_status(), USBNET.open(), USBNET.get_status(), USBNET.close(), USBNET.get_status())
print(USBNET.getNat(0, 1), USBNET.setNat(0, 1, 1), USBNET.getNat(0, 1))
k = PowerKey()
print(k is PowerKey(), k.powerKeyEventRegister(print))
raises(k.powerKeyEventRegister, 5)
