# firmware: documented 2025 2026
import sms

print(sms.sendTextMsg('10086', '你', 'GSM'), sms.sendTextMsg('', 'x', 'GSM'), sms.sendTextMsg('10086', 'x' * 161, 'GSM'))
print(sms.sendPduMsg('10086', 'hellohello', 'GSM'))
for wrong in (lambda: sms.sendTextMsg('10086', '', 'GSM'), lambda: sms.sendTextMsg('10086', 'x', 'UTF8'),
              lambda: sms.deleteMsg(0, 1), lambda: sms.setSaveLoc('SM', 'XX', 'SM'), lambda: sms.searchTextMsg('0'),
              lambda: sms.sendTextMsg('10086', 'x'), lambda: sms.setCallback(1), lambda: sms.sendTextMsg(1, 2, 3),
              lambda: sms.searchTextMsg(1 << 70)):
    try:
        print(wrong())
    except (ValueError, TypeError, OverflowError) as e:
        print(type(e).__name__, e if 'Empty' in str(e) else '')
print(sms.getCenterAddr(), sms.setCenterAddr('+8613800210500'), sms.getCenterAddr(), sms.setCenterAddr('abc'))
