# cell: dataCall, getInfo in a network with IPv6, addresses of a board file
# options: --board {here}/datacall_v6.toml
import dataCall
print(dataCall.getInfo(1, 2))
print(dataCall.getInfo(1, 1)[2][2])
print(dataCall.activate(2), dataCall.getInfo(2, 2)[2][2], dataCall.getInfo(2, 2)[3][0])
