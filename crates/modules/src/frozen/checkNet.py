# checkNet: waits until the network can be used, and tells what is missing.
import _quecpy_firmware
import dataCall
import modem
import net
import sim
import utime

_INTERVAL = 100  # ms
_PROFILES = 8
# States of the card that may pass by themselves: initialising, invalid, unknown.
_PASSING = (18, 20, 21)
_RULER = '=' * 50


def _sim_may_become_ready(status):
    return not _quecpy_firmware.sim_fails_at_once or status in _PASSING


class _Wait:
    def __init__(self, seconds):
        if not 1 <= seconds <= 3600:
            raise OSError('timeout_s should be in [1, 3600]s!')
        self._left = seconds * 1000 // _INTERVAL

    def goes_on(self):
        self._left -= 1
        if self._left < 0:
            return False
        utime.sleep_ms(_INTERVAL)
        return True


def _registration():
    state = net.getState()
    return -1 if state == -1 else state[1][0]


def wait_network_connected(timeout_s=60):
    """(3, 1), or the stage that was not passed (1 card, 2 registration, 3 data call) and its state."""
    wait = _Wait(timeout_s)
    status = sim.getStatus()
    while status != 1:
        if not _sim_may_become_ready(status) or not wait.goes_on():
            return (1, status)
        status = sim.getStatus()
    state = _registration()
    while state not in (1, 5):
        if not wait.goes_on():
            return (2, -1 if _quecpy_firmware.registration_fails_blindly else state)
        state = _registration()
    while not CheckNetwork.check_datacall_status():
        if not wait.goes_on():
            return (3, 0)
    return (3, 1)


def waitNetworkReady(timeout=60):
    return wait_network_connected(timeout)


class CheckNetwork:
    def __init__(self, proj_name, proj_version):
        self.PROJECT_NAME = proj_name
        self.PROJECT_VERSION = proj_version
        self.FIRMWARE_VERSION = modem.getDevFwVersion()
        if _quecpy_firmware.tells_power_on_reason:
            from misc import Power
            self.POWERON_REASON = Power.powerOnReason()

    def poweron_print_once(self):
        print(_RULER)
        print('PROJECT_NAME     : {}'.format(self.PROJECT_NAME))
        print('PROJECT_VERSION  : {}'.format(self.PROJECT_VERSION))
        print('FIRMWARE_VERSION : {}'.format(self.FIRMWARE_VERSION))
        if _quecpy_firmware.tells_power_on_reason:
            print('POWERON_REASON   : {}'.format(self.POWERON_REASON))
        print('SIM_CARD_STATUS  : {}'.format(sim.getStatus()))
        print(_RULER)

    def wait_network_connected(self, timeout_s=60):
        return wait_network_connected(timeout_s)

    @staticmethod
    def check_datacall_status():
        for profile in range(1, _PROFILES + 1):
            info = dataCall.getInfo(profile, 2)
            if info != -1 and (info[2][0] == 1 or info[3][0] == 1):
                return 1
        return 0
