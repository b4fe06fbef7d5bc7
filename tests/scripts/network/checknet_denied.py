# cell: checkNet, the network refuses the module
# firmware: all
# options: --board {here}/denied.toml
import checkNet
print(checkNet.wait_network_connected(1))
