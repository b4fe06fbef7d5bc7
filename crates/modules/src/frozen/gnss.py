# gnss: a satellite receiver on a serial port, its sentences taken apart.
# What the port receives goes first; while it receives nothing, the board's own position is told.
import quecgnss

_KNOT = 1.852  # kilometres an hour
_MOST = 4096  # bytes of one read


class GNSS:
    def __init__(self, uartn, baudrate, databits, parity, stopbits, flowctl):
        self._uart = _open(uartn, baudrate, databits, parity, stopbits, flowctl)
        self._data = ''
        self._gga = None
        self._rmc = None
        self._gsv = []

    def read_gnss_data(self, max_retry=1, debug=0):
        for left in range(max(max_retry, 1), 0, -1):
            self._data = self._read()
            self._parse(debug)
            if self.checkDataValidity() == (1, 1, 1):
                break
            self._complain()
            if left > 1:
                print('continue read.')
        return len(self._data)

    def _read(self):
        if self._uart and self._uart.any():
            data = self._uart.read(_MOST) or b''
            return ''.join([chr(byte) for byte in data if byte < 128])
        return quecgnss._beside()

    def _parse(self, debug):
        self._gga = self._rmc = None
        self._gsv = []
        for line in self._data.split('\n'):
            fields = _fields(line)
            kind = fields[0]
            if kind.endswith('GGA') and len(fields) >= 10:
                self._gga = fields
            elif kind.endswith('RMC') and len(fields) >= 10:
                self._rmc = fields
            elif kind == 'GPGSV' and len(fields) >= 4:
                self._gsv.append(fields)
        if debug:
            print('GGA data : ' + str(self._gga))
            print('RMC data : ' + str(self._rmc))
            print('total_sen_num = %d, total_sat_num = %d' % (len(self._gsv), max(self.getViewedSateCnt(), 0)))
            for number, fields in enumerate(self._gsv):
                print('[%d] : %s' % (number, fields))

    def _complain(self):
        for name, fields, valid in zip(('GNGGA', 'GNRMC'), (self._gga, self._rmc), self.checkDataValidity()):
            if not valid:
                print('%s data is invalid.' % name if fields else 'Not find %s data.' % name)
        if not self._gsv:
            print('Not find GPGSV data or GPGSV data is invalid.')

    def getOriginalData(self):
        return self._data

    def checkDataValidity(self):
        gga = self._gga is not None and self._gga[6] not in ('', '0')
        rmc = self._rmc is not None and self._rmc[2] == 'A'
        return int(gga), int(rmc), int(bool(self._gsv))

    def isFix(self):
        return self.checkDataValidity()[0]

    def getUtcTime(self):
        """hh:mm:ss.sss"""
        time = self._gga[1] if self._gga else ''
        return '%s:%s:%s' % (time[:2], time[2:4], time[4:]) if time else -1

    def getLocationMode(self):
        return _number(self._gga, 6, int)

    def getUsedSateCnt(self):
        return _number(self._gga, 7, int)

    def getLocation(self):
        if not self.isFix():
            return -1
        latitude, ns, longitude, ew = self._gga[2:6]
        try:
            return _degrees(longitude, 3), ew, _degrees(latitude, 2), ns
        except ValueError:
            return -1

    def getViewedSateCnt(self):
        return _number(self._gsv[0] if self._gsv else None, 3, int)

    def getCourse(self):
        """Azimuths of the satellites by their numbers."""
        if not self._gsv:
            return -1
        azimuths = {}
        for fields in self._gsv:
            for at in range(4, len(fields) - 3, 4):
                azimuth = fields[at + 2]
                azimuths[fields[at]] = int(azimuth) if azimuth.isdigit() else azimuth
        return azimuths

    def getGeodeticHeight(self):
        return _number(self._gga, 9, float) if self.isFix() else -1

    def getSpeed(self):
        """Kilometres an hour."""
        knots = _number(self._rmc, 7, float) if self.checkDataValidity()[1] else -1
        return knots if knots == -1 else knots * _KNOT


def GnssGetData(uartn, baudrate, databits, parity, stopbits, flowctl):
    return GNSS(uartn, baudrate, databits, parity, stopbits, flowctl)


def _open(*port):
    try:
        from machine import UART
    except ImportError:
        return None
    return UART(*port)


def _fields(line):
    """A sentence without its checksum; one that is cut or damaged has no fields."""
    line = line.strip()
    content, star, checksum = line[1:].partition('*')
    total = 0
    for c in content:
        total ^= ord(c)
    whole = line.startswith('$') and star and checksum.upper() == '%02X' % total
    return content.split(',') if whole else ['']


def _number(fields, at, kind):
    try:
        return kind(fields[at])
    except (TypeError, IndexError, ValueError):
        return -1


def _degrees(text, digits):
    return int(text[:digits]) + float(text[digits:]) / 60
