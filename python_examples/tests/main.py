"""Power-on: wait for the network, then report for ever."""
import checkNet
import utime
from usr.sensor import Sensor

stage, state = checkNet.waitNetworkReady(30)
print('network', stage, state)
sensor = Sensor('kitchen', lambda: 21.5)
while True:
    sensor.report()
    print('reported')
    utime.sleep(sensor.interval)
