# uping: asks a host for an echo, over and over, and tells how long the answers take.
#
# The echo itself is the engine's (_quecpy_icmp); here are counting, waiting between requests, and what is printed.
import usocket
import utime
from _quecpy_icmp import Pinger
from ucollections import namedtuple

_Result = namedtuple('result', ('tx', 'rx', 'losses', 'min', 'avg', 'max'))
_ICMP_HEADER = 8


def ping(HOST, SOURCE=None, COUNT=4, INTERVAL=1000, SIZE=64, TIMEOUT=5000, quiet=False):
    assert SIZE >= 16, 'pkt size too small'
    if SOURCE:
        _check(SOURCE)
    COUNT = max(COUNT, 0)
    address = _resolve(HOST)
    pinger = Pinger(address)
    times = []
    for number in range(1, COUNT + 1):
        if number > 1:
            utime.sleep_ms(INTERVAL)
        pong = pinger.echo(number, SIZE, TIMEOUT)
        if pong:
            ttl, ms = pong
            times.append(ms)
            if not quiet:
                print('%u bytes from %s: icmp_seq=%u, ttl=%u, time=%f ms' % (SIZE + _ICMP_HEADER, address, number, ttl, ms))
    result = _result(COUNT, times)
    if quiet:
        return result
    print('%u packets transmitted, %u packets received, %u packet loss' % (result.tx, result.rx, result.losses))
    if times:
        print('round-trip min/avg/max = %r/%r/%r ms' % (result.min, result.avg, result.max))


def _result(count, times):
    losses = round(100 * (count - len(times)) / count) if count else 0
    if not times:
        return _Result(count, 0, losses, None, None, None)
    average = sum(times) / len(times)
    return _Result(count, len(times), losses, round(min(times), 3), round(average, 3), round(max(times), 3))


def _resolve(host):
    found = [one for one in usocket.getaddrinfo(host, 1) if one[0] == usocket.AF_INET]
    assert found, 'Can not take the IP address of host'
    return found[0][-1][0]


def _check(source):
    """Raises what a socket raises that is bound to an address which is not the module's."""
    sock = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
    try:
        sock.bind((_resolve(source), 0))
    finally:
        sock.close()
