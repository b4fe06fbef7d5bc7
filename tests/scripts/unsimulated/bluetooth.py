import ble
import bt

for call in (ble.gattStart, ble.smpCleanPairedDev, bt.init, bt.hfpDisonnect):
    try:
        call(lambda args: None)
    except NotImplementedError as e:
        print(e)
try:
    ble.addService(1, server_id=1)
except NotImplementedError:
    print('with keywords too')
