# firmware: all
# A message to the module's own number arrives.
import sms
import sim
import _thread

heard = _thread.allocate_lock()
heard.acquire()
told = []


def on_message(args):
    told.append((type(args).__name__, args, sms.searchTextMsg(args[1])))
    heard.release()


print(sms.setCallback(on_message))
own = sim.getPhoneNumber()
print(sms.sendTextMsg(own, 'hello {quec}', 'GSM'))
heard.acquire()
print(told.pop())
print(sms.sendTextMsg(own, '你好', 'UCS2'))
heard.acquire()
print(told.pop())
print(sms.getMsgNums(), sms.getSaveLoc())
pdu = sms.searchPduMsg(0)
length = sms.getPduLength(pdu)
phone, text, time, size = sms.decodePdu(pdu, length)
print(phone, text, len(time), time[4] + time[13], size)
print(sms.decodePdu(pdu, length + 1), sms.decodePdu('xyz', 3), sms.getPduLength('0'))
print(sms.deleteMsg(0), sms.deleteMsg(0), sms.searchTextMsg(0), sms.searchPduMsg(7))
print(sms.deleteMsg(0, 4), sms.getMsgNums())
print(sms.setSaveLoc('SM', 'ME', 'ME'), sms.getSaveLoc())
sms.setCallback(None)
print(sms.sendTextMsg(own, b'bytes', b'GSM'), sms.setSaveLoc('ME', 'ME', 'ME'), sms.getMsgNums())
