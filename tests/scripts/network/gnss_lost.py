# options: --board {here}/gnss_lost.toml
import gnss

receiver = gnss.GnssGetData(1, 9600, 8, 0, 1, 0)
receiver.read_gnss_data(2)
print(receiver.isFix(), receiver.checkDataValidity(), receiver.getLocation(), receiver.getSpeed())
print(receiver.getLocationMode(), receiver.getViewedSateCnt(), receiver.getGeodeticHeight())
