# cell: dataCall, setDNSServer and the rest
# firmware: all
import dataCall
print(dataCall.setDNSServer(1, 0, '8.8.8.8', '9.9.9.9'), dataCall.getInfo(1, 0)[2][3:])
print(dataCall.setDNSServer(1, 0, 'eight', '9.9.9.9'), dataCall.getSpeed(), dataCall.getSiminfo(0))
if hasattr(dataCall, 'getAddressinfo'):
    print(dataCall.getAddressinfo(1, 0)[1], dataCall.getAddressinfo(3, 0))
try:
    dataCall.setCallback(1)
except TypeError:
    print('TypeError')
