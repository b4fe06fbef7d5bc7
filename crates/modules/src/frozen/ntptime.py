# ntptime: the time of day from the internet, by SNTP (RFC 4330).
import _quecpy_firmware as firmware
import usocket

host = 'ntp.aliyun.com'

_RESERVE = ('pool.ntp.org', 'asia.pool.ntp.org', 'cn.ntp.org.cn')
# From 1900, NTP's epoch, to 2000, this module's.
_TO_2000 = 3155673600
# From 1970 to 2000.
_UNIX_2000 = 946684800


def sethost(host):
    if host is None:
        return -1
    globals()['host'] = host
    return 0


def _time(use_rhost=1, timeout=10):
    """Seconds since 2000-01-01 UTC."""
    global host
    for name in (host,) + (_RESERVE if use_rhost else ()):
        if not firmware.ntp_keeps_host:
            host = name
        try:
            return _ask(name, timeout)
        except (OSError, IndexError):  # getaddrinfo of some firmware answers []
            pass
    raise OSError('Server connection failed!')


def _settime(timezone=0, use_rhost=1, timeout=10):
    """Sets the clock to the time of that zone."""
    if not isinstance(timezone, int) or not -12 <= timezone <= 12:
        return -1
    import machine  # here, so that time() works without it
    import utime
    try:
        seconds = _UNIX_2000 + _time(use_rhost, timeout) + timezone * 3600
    except OSError:
        if firmware.ntp_set_raises:
            raise
        return -1
    # utime.localtime(seconds) always shows UTC+8, whatever zone is set.
    year, month, day, hour, minute, second, _, _ = utime.localtime(seconds - 8 * 3600)
    # The weekday is ignored; the clock finds it.
    return -1 if machine.RTC().datetime((year, month, day, 0, hour, minute, second, 0)) == -1 else 0


# What the firmware takes; the rest is as if left out.
if firmware.ntp_time_arguments:
    time = _time
else:
    def time():
        return _time()

if firmware.ntp_set_arguments == 0:
    def settime():
        return _settime()
elif firmware.ntp_set_arguments == 1:
    def settime(timezone=0):
        return _settime(timezone)
else:
    settime = _settime


def _ask(name, timeout):
    address = usocket.getaddrinfo(name, 123)[0]
    sock = usocket.socket(address[0], usocket.SOCK_DGRAM)
    try:
        sock.settimeout(timeout)
        sock.sendto(b'\x1b' + bytes(47), address[-1])  # version 3, client
        reply = sock.recv(48)
    finally:
        sock.close()
    if len(reply) < 48:
        raise OSError(5)
    seconds = int.from_bytes(reply[40:44], 'big')  # when it was sent
    # The 32 bits wrap in 2036; a time before 2000 belongs to the next era (RFC 4330 section 3).
    return seconds - _TO_2000 if seconds >= _TO_2000 else seconds + (1 << 32) - _TO_2000
