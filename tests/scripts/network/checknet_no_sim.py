# cell: checkNet, without a SIM card: the first generation gives up at once
# firmware: all
# options: --board {here}/sim_absent.toml
import checkNet, utime
start = utime.ticks_ms()
print(checkNet.wait_network_connected(1))
print('waited' if utime.ticks_diff(utime.ticks_ms(), start) >= 1000 else 'at once')
