# cell: checkNet, the network is there
# firmware: all
import checkNet
print(checkNet.wait_network_connected(), checkNet.wait_network_connected(timeout_s=1))
if hasattr(checkNet, 'waitNetworkReady'):
    print(checkNet.waitNetworkReady(30))
else:
    print('absent')
for bad in (0, 3601):
    try:
        checkNet.wait_network_connected(bad)
    except OSError as e:
        print(e)
c = checkNet.CheckNetwork('demo', '1.0')
print(c.PROJECT_NAME, c.PROJECT_VERSION, c.wait_network_connected(30), checkNet.CheckNetwork.check_datacall_status())
c.poweron_print_once()
