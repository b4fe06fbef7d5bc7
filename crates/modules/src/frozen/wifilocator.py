# wifilocator: the position by the access points that a scan finds, or by the cell.
# Source: the module contract, network, wifilocator.
import cellLocator
import wifiScan

_NO_NETWORK = 1
_WRONG_KEY = 2
_FAILED = 3
# What cellLocator says for the same.
_FAULTS = {3: _WRONG_KEY, 5: _NO_NETWORK}
_TIMEOUT = 8  # seconds


class wifilocator:
    def __init__(self, token=None):
        self._token = token or ''

    def getwifilocator(self):
        """(longitude, latitude, metres), or 1 without network, 2 for a wrong token, 3 when nothing was found."""
        found = cellLocator.getLocation('', 80, self._token, _TIMEOUT)
        if isinstance(found, int):
            return _FAULTS.get(found, _FAILED)
        return found if _hears_anything() else _FAILED


def _hears_anything():
    was_on = wifiScan.getState()
    wifiScan.control(1)
    count = wifiScan.start()[0]
    wifiScan.control(int(was_on))
    return count > 0
