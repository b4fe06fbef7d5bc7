# _quecpy_mqtt: the protocol MQTT 3.1.1 (and 3.1) over one connection, for umqtt. Not for scripts.
#
# What keeps a connection alive is not here but in umqtt. Deliberately absent, as on the module: QoS 2.
# Section numbers are those of MQTT 3.1.1.
import _thread
import usocket
import ustruct
import utime

# 2.2.1, with the fixed flags of 2.2.2 where there are some
_CONNECT, _CONNACK, _PUBLISH, _PUBACK, _SUBSCRIBE, _SUBACK = 0x10, 0x20, 0x30, 0x40, 0x82, 0x90
_UNSUBSCRIBE, _UNSUBACK, _PINGREQ, _PINGRESP, DISCONNECT = 0xa2, 0xb0, 0xc0, 0xd0, 0xe0

_CONNECT_SECONDS = 20
_ACK_SECONDS = 5


class MQTTException(Exception):
    pass


class BaseMqtt:
    def __init__(self, client_id, server, port=0, user=None, password=None, keepalive=0, ssl=False,
                 ssl_params={}, version=4, ipvtype=0):
        self.client_id = client_id
        self.server = server
        self.port = port or (8883 if ssl else 1883)
        self.user = user
        self.password = password
        self.keepalive = keepalive
        self.ssl = ssl
        self.ssl_params = ssl_params
        self.version = version
        self.ipvtype = ipvtype
        self.cb = None
        self.last_will = None
        self.pid = 0
        self.last_time = utime.ticks_ms()  # of the last packet sent
        self.ping_waits = False  # whether a PINGREQ has no answer yet
        self.sock = None
        self._plain = None  # the socket below TLS, or the same
        self._accepted = False  # whether the server answered CONNECT
        self._renew_locks()

    def _renew_locks(self):
        # A thread that a script stopped leaves its locks locked.
        self._writing = _thread.allocate_lock()
        self._reading = _thread.allocate_lock()
        self._reader = None
        self._acks = {}  # packet identifier: None, or the answer's code

    def set_callback(self, f):
        self.cb = f

    def set_last_will(self, topic, msg, retain=False, qos=0):
        assert 0 <= qos <= 2
        assert topic
        self.last_will = (topic, msg, retain, qos)

    def close(self):
        if self.sock is not None:
            self.sock.close()

    def ping(self):
        self.ping_waits = True
        self._send(bytes((_PINGREQ, 0)))

    # ---- connecting

    def _open(self, clean_session):
        address = self._resolve()
        plain = usocket.socket(address[0], usocket.SOCK_STREAM)
        # Known before it is connected: disconnect() in another thread ends the attempt.
        self.sock = self._plain = plain
        self.ping_waits = self._accepted = False
        plain.settimeout(_CONNECT_SECONDS)
        plain.connect(address[-1])
        if self.ssl:
            import ussl  # here, so that plain MQTT works where there is none
            self.sock = ussl.wrap_socket(plain, server_hostname=self.server, **(self.ssl_params or {}))
        self._send(self._connect_packet(clean_session))
        answer = self._exactly(4)
        if answer[0] != _CONNACK or answer[1] != 2:
            raise MQTTException('not a CONNACK')
        if answer[3]:
            raise MQTTException(answer[3])
        plain.settimeout(None)
        self._accepted = True

    def _resolve(self):
        family = usocket.AF_INET6 if self.ipvtype else usocket.AF_INET
        for _ in range(5):
            try:
                found = usocket.getaddrinfo(self.server, self.port)
            except OSError:
                raise OSError("DNS Parsing '%s'" % self.server)
            found = [one for one in found if one[0] == family]
            if found:
                return found[0]
            utime.sleep_ms(500)
        raise OSError('DNS Parsing NULL')

    def _connect_packet(self, clean_session):
        flags = 0x02 if clean_session else 0
        fields = [self.client_id]
        if self.last_will:
            topic, msg, retain, qos = self.last_will
            flags |= 0x04 | qos << 3 | (0x20 if retain else 0)
            fields += [topic, msg]
        if self.user is not None:
            flags |= 0x80
            fields.append(self.user)
            if self.password is not None:  # 3.1.2.9: none without a user
                flags |= 0x40
                fields.append(self.password)
        name = 'MQIsdp' if self.version == 3 else 'MQTT'
        fields = [_field(field) for field in fields]
        size = 2 + len(name) + 4 + sum([len(field) for field in fields])
        level = 3 if self.version == 3 else 4
        head = _field(name) + ustruct.pack('!BBH', level, flags, self.keepalive)
        return _packet(_CONNECT, size, head + b''.join(fields))

    # ---- sending

    def publish(self, topic, msg, retain=False, qos=0):
        assert qos == 0 or qos == 1
        topic, msg = _field(topic), _bytes(msg)
        size = len(topic) + len(msg)
        first = _PUBLISH | qos << 1 | (1 if retain else 0)
        if qos == 0:
            self._send(_packet(first, size, topic + msg))
            return True
        pid = self._expect()
        self._send(_packet(first, size + 2, topic + ustruct.pack('!H', pid) + msg))
        return self._answer(pid) is not None

    def subscribe(self, topic, qos=0):
        assert self.cb is not None, 'Subscribe callback is not set'
        pid = self._expect()
        body = ustruct.pack('!H', pid) + _field(topic) + bytes((qos,))
        self._send(_packet(_SUBSCRIBE, len(body), body))
        code = self._answer(pid)
        if code is None:
            raise OSError(110)
        if code & 0x80:
            raise MQTTException(code)

    def unsubscribe(self, topic):
        pid = self._expect()
        # Not _field: the module adds the topic as it is, and a str fails.
        body = ustruct.pack('!HH', pid, len(topic)) + topic
        self._send(_packet(_UNSUBSCRIBE, len(body), body))
        self._answer(pid)

    def _send(self, packet):
        if self.sock is None:
            raise OSError(107)
        with self._writing:
            self.sock.write(packet)
        self.last_time = utime.ticks_ms()

    def _expect(self):
        """A packet identifier whose answer is waited for."""
        self.pid = self.pid % 0xffff + 1
        self._acks[self.pid] = None
        return self.pid

    def _answer(self, pid):
        """The code of the answer, whichever thread reads it; None when none comes."""
        start = utime.ticks_ms()
        while self._acks[pid] is None:
            left = _ACK_SECONDS * 1000 - utime.ticks_diff(utime.ticks_ms(), start)
            if left <= 0:
                break
            if not self._may_read(False):
                utime.sleep_ms(5)
                continue
            packet = self._read(left / 1000)
            if packet:
                self._handle(packet)
        return self._acks.pop(pid)

    # ---- receiving

    def wait_msg(self):
        self._may_read(True)
        return self._handle(self._read(None))

    def check_msg(self):
        # Where another thread waits for packets there is nothing for this one.
        packet = self._read(0) if self._may_read(False) else None
        return self._handle(packet) if packet else None

    def _may_read(self, wait):
        """Makes this thread the one that reads."""
        if not self._reading.acquire(False):
            if self._is_gone(self._reader):
                self._reading = _thread.allocate_lock()
            elif not wait:
                return False
            self._reading.acquire()
        self._reader = _thread.get_ident()
        return True

    def _is_gone(self, thread):
        """Whether a script stopped the thread that reads. Not every firmware can tell."""
        running = getattr(_thread, 'threadIsRunning', None)
        return running is not None and thread is not None and not running(thread)

    def _read(self, timeout):
        """One packet, its first byte and the rest; None when none begins in time. Ends the right to read."""
        reading = self._reading
        try:
            first = self._first(timeout)
            return None if first is None else (first, self._exactly(self._length()))
        finally:
            reading.release()

    def _first(self, timeout):
        if timeout is None:
            first = self.sock.read(1)
        elif timeout == 0:
            with self._writing:  # who writes now must not find a socket that does not wait
                self.sock.setblocking(False)
                first = self.sock.read(1)
                self.sock.setblocking(True)
            if first is None:
                return None
        else:
            self._plain.settimeout(timeout)
            try:
                first = self.sock.read(1)
            except OSError as e:
                if e.args[0] != 110:
                    raise
                return None
            finally:
                self._plain.settimeout(None)
        if not first:
            raise OSError(107)
        return first[0]

    def _length(self):
        """2.2.3: seven bits a byte, the lowest first, four bytes at most."""
        length = 0
        for shift in (0, 7, 14, 21):
            byte = self._exactly(1)[0]
            length |= (byte & 0x7f) << shift
            if not byte & 0x80:
                return length
        raise MQTTException('malformed remaining length')

    def _exactly(self, size):
        data = self.sock.read(size) if size else b''
        if data is None or len(data) < size:
            raise OSError(107)
        return data

    def _handle(self, packet):
        first, body = packet
        self.ping_waits = False
        kind = first & 0xf0
        if kind == _PUBLISH:
            return self._handle_publish(first, body)
        if kind == _PINGRESP:
            return b'\xd0'
        if kind in (_PUBACK, _SUBACK, _UNSUBACK):
            pid = ustruct.unpack('!H', body)[0]
            if pid in self._acks:
                self._acks[pid] = body[2] if kind == _SUBACK else 0
        return first

    def _handle_publish(self, first, body):
        qos = first >> 1 & 3
        assert qos < 2
        size = ustruct.unpack('!H', body)[0]
        topic = body[2:2 + size]
        rest = body[2 + size:]
        if qos == 0:
            self._deliver(topic, rest)
            return
        self._deliver(topic, rest[2:])
        self._send(bytes((_PUBACK, 2)) + rest[:2])

    def _deliver(self, topic, msg):
        self.cb(topic, msg)


def _packet(first, size, rest):
    """A fixed header for so many bytes, and those."""
    assert size < 1 << 28
    head = bytearray((first,))
    while True:
        byte, size = size & 0x7f, size >> 7
        head.append(byte | 0x80 if size else byte)
        if not size:
            return bytes(head) + rest


def _field(text):
    data = _bytes(text)
    return ustruct.pack('!H', len(data)) + data


def _bytes(text):
    if isinstance(text, str):
        return text.encode()
    len(text)  # A number has none: TypeError.
    return bytes(text)
