# cell: dataCall, setPDPContext, getPDPContext, activate, deactivate
# firmware: all
import dataCall, utime
seen = []
dataCall.setCallback(seen.append)
print(dataCall.getPDPContext(1)[:5])
print(dataCall.setPDPContext(2, 0, 'iot', 'u', 'p', 0), dataCall.getPDPContext(2))
print(dataCall.setPDPContext(2, 2, None, '', '', 1), dataCall.getPDPContext(2)[:5])
print(dataCall.activate(profileID=2), dataCall.getInfo(2, 0)[2][2], dataCall.activate(2))
print(dataCall.deactivate(2), dataCall.deactivate(2), dataCall.getInfo(2, 0)[2])
while len(seen) < 2:
    utime.sleep_ms(1)
print(seen)
for bad in (lambda: dataCall.activate(4), lambda: dataCall.activate(0), lambda: dataCall.setPDPContext(1, 3, '', '', '', 0),
            lambda: dataCall.setPDPContext(1, 0, 'x' * 65, '', '', 0), lambda: dataCall.setPDPContext(1, 0, '', '', '', 4)):
    try:
        bad()
    except ValueError:
        print('ValueError')
