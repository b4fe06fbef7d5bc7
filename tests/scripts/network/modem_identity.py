# cell: modem
# firmware: all
import modem
print(len(modem.getDevImei()), modem.getDevImei().isdigit(), modem.getDevModel(), type(modem.getDevSN()))
print(modem.getDevModel() in modem.getDevFwVersion(), modem.getDevProductId())
try:
    modem.getDevMAC()
except AttributeError:
    print('AttributeError')
