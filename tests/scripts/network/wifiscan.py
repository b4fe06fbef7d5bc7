# firmware: documented 2025 2026
import _thread
import wifiScan

heard = _thread.allocate_lock()
heard.acquire()


def on_scan(args):
    print(args)
    heard.release()


print(wifiScan.support(), wifiScan.getState())
for call in (wifiScan.start, wifiScan.asyncStart, lambda: wifiScan.control(2), lambda: wifiScan.setCfgParam(3, 1, 4)):
    try:
        print(call())
    except ValueError as e:
        print('ValueError', e if 'enabled' in str(e) else '')
print(wifiScan.control(1), wifiScan.getState(), wifiScan.start())
print(wifiScan.setCfgParam(60, 3, 30, 1), wifiScan.getCfgParam(), hasattr(wifiScan, 'setConfig'))
print(wifiScan.setCallback(on_scan))
wifiScan.asyncStart()
heard.acquire()
