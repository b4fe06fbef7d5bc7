# cell: net, setCallback: (event, state, lac, cid, act)
# firmware: all
import net, utime
seen = []
print(net.setCallback(seen.append))
net.setModemFun(4)
net.setModemFun(1)
while len(seen) < 2:
    utime.sleep_ms(1)
print(seen)
print(net.setCallback(None))
try:
    net.setCallback(5)
except TypeError:
    print('TypeError')
