# cell: dataCall, getInfo
# firmware: all
import dataCall
print(dataCall.getInfo(1, 0))
print(dataCall.getInfo(1, 1))
print(dataCall.getInfo(profileIdx=1, ipType=2))
print(dataCall.getInfo(2, 0))
for bad in ((0, 0), (9, 0), (1, 3), (1, -1)):
    try:
        print(dataCall.getInfo(*bad))
    except ValueError as e:
        print(e)
try:
    dataCall.getInfo(1)
except TypeError:
    print('TypeError')
