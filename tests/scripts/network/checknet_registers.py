# cell: checkNet, waits for registration
# firmware: all
# options: --board {here}/slow.toml
import checkNet, net
print(net.getState()[1][0])
print(checkNet.wait_network_connected(30))
