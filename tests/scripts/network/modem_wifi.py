# cell: modem, of a board file
# options: --board {here}/modem_wifi.toml
from modem import getDevImei, getDevMAC, getDevModel
print(getDevModel(), getDevImei(), getDevMAC())
