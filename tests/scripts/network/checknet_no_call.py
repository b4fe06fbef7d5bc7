# cell: checkNet, no data call
# firmware: all
# options: --ephemeral
import checkNet, dataCall
dataCall.deactivate(1)
print(checkNet.wait_network_connected(1))
dataCall.activate(1)
print(checkNet.wait_network_connected(1))
