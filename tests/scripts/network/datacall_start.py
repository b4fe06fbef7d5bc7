# cell: dataCall, the old API: start, stop, setAsynMode
# firmware: all
import dataCall
print(dataCall.start(1, 0, '', '', '', 0), dataCall.start(3, 0, 'cmnet', 'user', b'secret', 2))
print(dataCall.getPDPContext(3)[:5], dataCall.getInfo(3, 0)[2][2])
if hasattr(dataCall, 'stop'):
    print(dataCall.stop(3, 0), dataCall.stop(3, 0))
print(dataCall.setAsynMode(1), dataCall.setAsynMode(0))
for bad in (lambda: dataCall.start(1, 0, '', '', '', 4), lambda: dataCall.start(9, 0, '', '', '', 0),
            lambda: dataCall.setAsynMode(2)):
    try:
        bad()
    except ValueError:
        print('ValueError')
