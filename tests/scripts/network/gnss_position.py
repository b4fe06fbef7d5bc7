# firmware: all
import quecgnss
from gnss import GnssGetData

print(quecgnss.get_state(), quecgnss.read(100), quecgnss.init(), quecgnss.get_state())
size, data = quecgnss.read(4096)
print(size == len(data), type(data).__name__, data[:7], data.decode().count('\r\n'))
print(quecgnss.read(10)[0], quecgnss.read(0), quecgnss.read(-1))
print(quecgnss.configSet(1, 2), quecgnss.configGet(1), quecgnss.read(4096)[1].decode().count('$'))
print(quecgnss.configSet(5, 0), quecgnss.configSet(0, 8), quecgnss.configGet(-1), quecgnss.configGet(1 << 40))
print(quecgnss.setPriority(1), quecgnss.getPriority(), quecgnss.setPriority(2))
print(quecgnss.gnssEnable(0), quecgnss.get_state(), quecgnss.gnssEnable(3))

receiver = GnssGetData(1, 9600, 8, 0, 1, 0)
print(receiver.isFix(), receiver.getLocation(), receiver.getUtcTime(), receiver.getSpeed(), receiver.getCourse())
print(receiver.read_gnss_data() == len(receiver.getOriginalData()), receiver.checkDataValidity(), receiver.isFix())
longitude, ew, latitude, ns = receiver.getLocation()
print(round(longitude, 4), ew, round(latitude, 5), ns)
print(receiver.getLocationMode(), receiver.getUsedSateCnt(), receiver.getViewedSateCnt(), receiver.getGeodeticHeight())
print(len(receiver.getUtcTime()), receiver.getSpeed(), len(receiver.getCourse()), receiver.getCourse()['01'])
