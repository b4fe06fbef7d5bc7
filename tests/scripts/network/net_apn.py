# cell: net, setApn and getApn, bands, timers
# firmware: all
import net
print(net.getApn(0), net.setApn('cmnet', 0), net.getApn(0))
print(net.setApn(2, 0, b'iot', 'u', 'p', 1, 0), net.getApn(2, 0), net.getApn(9, 0))
for bad in (lambda: net.setApn('x', 1), lambda: net.getApn(1), lambda: net.setApn('x')):
    try:
        bad()
    except ValueError as e:
        print(e)
print(net.getBand(2)[:2], net.bandRst(), net.setBand(2, 0, (0, 0, 0, 1)))
for bad in (lambda: net.getBand(4), lambda: net.setBand(2, 16, (0, 0, 0, 1)), lambda: net.setBand(2, 0, (1,))):
    try:
        bad()
    except ValueError:
        print('ValueError')
print([type(f()) for f in (net.getT3402, net.getT3412, net.getT3324, net.getTeDRX, net.getTPTW, net.getRejectCause)])
