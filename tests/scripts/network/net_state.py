# cell: net, registration and signal
# firmware: all
import net
voice, data = net.getState()
print(type(voice), len(voice), len(data), data[0] in (1, 5), data[3])
print(net.csqQueryPoll())
print(net.getSignal())
print(net.getSignal(1))
print(net.getConfig(), net.setConfig(5), net.setConfig(5, 1), net.getConfig(), net.setConfig(5, 2), net.setConfig(99))
print(net.getNetMode())
print(net.operatorName())
