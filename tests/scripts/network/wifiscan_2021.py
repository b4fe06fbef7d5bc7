# firmware: 2021
import wifiScan

print(hasattr(wifiScan, 'setCfgParam'), wifiScan.setConfig(255, 3, 30, 5, 1), wifiScan.getConfig())
