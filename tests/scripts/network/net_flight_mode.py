# cell: net, setModemFun: flight mode takes the network away, and full function brings it back
# firmware: all
# options: --lab
import dataCall, net, usocket, utime
seen = []
dataCall.setCallback(lambda args: seen.append(args))
print(net.getModemFun(), net.setModemFun(3), net.setModemFun(4), net.getModemFun())
print(net.getState()[1][0], dataCall.getInfo(1, 0)[2][0])
s = usocket.socket()
try:
    s.connect(('220.180.239.212', 80))
except OSError as e:
    print(e.args[0])
try:
    print(usocket.getaddrinfo('www.example.com', 80))
except OSError:
    print([])
print(net.setModemFun(1), net.getState()[1][0], dataCall.getInfo(1, 0)[2][0])
s = usocket.socket()
s.connect(('220.180.239.212', 80))
while len(seen) < 2:
    utime.sleep_ms(1)
print(seen)
