# umqtt: an MQTT 3.1.1 (and 3.1) client over usocket.
#
# BaseMqtt speaks the protocol over one connection. MQTTClient, which scripts use, adds what keeps it alive:
# the thread that pings, connecting again, the log. Deliberately absent, as on the module: QoS 2.
# What a script can see is listed in the module contract, protocols; section numbers are those of MQTT 3.1.1.
import _thread
import usocket
import ustruct
import utime

# 2.2.1, with the fixed flags of 2.2.2 where there are some
_CONNECT, _CONNACK, _PUBLISH, _PUBACK, _SUBSCRIBE, _SUBACK = 0x10, 0x20, 0x30, 0x40, 0x82, 0x90
_UNSUBSCRIBE, _UNSUBACK, _PINGREQ, _PINGRESP, _DISCONNECT = 0xa2, 0xb0, 0xc0, 0xd0, 0xe0

_CONNECT_SECONDS = 20
_ACK_SECONDS = 5
_PING_ROUND_SECONDS = 5


class _Stderr:
    """Writes as log does, where there is no log."""

    def warning(self, message):
        import usys
        print('WARN:MQTT:' + message, file=usys.stderr)


try:
    import log
    log.basicConfig(level=log.INFO)  # other loggers see this too, as on the module
    _log = log.getLogger('MQTT')
except ImportError:
    _log = _Stderr()


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
        size = 2 + len(name) + 4 + sum([2 + len(field) for field in fields])
        level = 3 if self.version == 3 else 4
        head = _field(name) + ustruct.pack('!BBH', level, flags, self.keepalive)
        return _packet(_CONNECT, size, head + b''.join([_field(field) for field in fields]))

    # ---- sending

    def publish(self, topic, msg, retain=False, qos=0):
        assert qos == 0 or qos == 1
        size = 2 + len(topic) + len(msg)
        first = _PUBLISH | qos << 1 | (1 if retain else 0)
        if qos == 0:
            self._send(_packet(first, size, _field(topic) + _bytes(msg)))
            return True
        pid = self._expect()
        self._send(_packet(first, size + 2, _field(topic) + ustruct.pack('!H', pid) + _bytes(msg)))
        return self._answer(pid) is not None

    def subscribe(self, topic, qos=0):
        assert self.cb is not None, 'Subscribe callback is not set'
        pid = self._expect()
        body = ustruct.pack('!H', pid) + _field(topic) + bytes((qos,))
        self._send(_packet(_SUBSCRIBE, 2 + 2 + len(topic) + 1, body))
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


class MQTTClient(BaseMqtt):
    def __init__(self, client_id, server, port=0, user=None, password=None, keepalive=0, ssl=False,
                 ssl_params={}, reconn=True, version=4, pingmaxnum=0, manage=False, ipvtype=0):
        if 0 < keepalive < 5:
            raise ValueError('inport parameter error : keepalive >= 5S')
        BaseMqtt.__init__(self, client_id, server, port, user, password, keepalive, ssl, ssl_params, version,
                          ipvtype)
        self.reconn = reconn
        self.pingmaxnum = pingmaxnum
        self.manage = manage
        self.topic_list = {}  # topic: its last QoS
        self.clean_session = True
        self._error_cb = None
        # Counts connect() and disconnect(); what began in another session ends by itself.
        self._session = 0
        self._connected = False
        self._fault = None  # why the pinging thread closed the socket
        self._mending = _thread.allocate_lock()
        self._mender = None

    def error_register_cb(self, f):
        self._error_cb = f

    def connect(self, clean_session=True):
        self.close()
        self._renew_locks()
        self._mending = _thread.allocate_lock()
        self._mender = None
        self._session += 1
        self._connected = False
        self._fault = None
        self.clean_session = clean_session
        try:
            self._open(clean_session)
        except Exception as e:
            self.close()
            raise ValueError("MQTT Connect error='%s' FAIL" % e)
        self._connected = True
        if self.keepalive:
            _thread.start_new_thread(self._keep_alive, (self._session,))
        return 0

    def disconnect(self):
        self._connected = False
        self._session += 1
        try:
            self._send(bytes((_DISCONNECT, 0)))
        except Exception as e:
            self._warn('disconnect OSError[%s].' % e)
        # Meanwhile the other threads see that the session is over.
        utime.sleep_ms(500)
        self.close()

    def publish(self, topic, msg, retain=False, qos=0):
        try:
            return BaseMqtt.publish(self, topic, msg, retain, qos)
        except Exception as e:
            self._warn('Publish Fail OSError[%s].' % e)
            return False

    def subscribe(self, topic, qos=0):
        assert self.cb is not None, 'Subscribe callback is not set'
        self.topic_list[topic] = qos
        session, sock = self._session, self.sock
        try:
            self._subscribe(topic, qos)
        except OSError as e:
            if self._connected:
                self._mend('subscribe', session, sock, e)
            else:
                raise

    def _subscribe(self, topic, qos):
        try:
            BaseMqtt.subscribe(self, topic, qos)
        except MQTTException as e:
            self._warn('Subscribe Fail OSError[%s].' % e)

    def unsubscribe(self, topic):
        if topic not in self.topic_list:
            return False
        BaseMqtt.unsubscribe(self, topic)
        del self.topic_list[topic]

    def wait_msg(self):
        return self._receive(BaseMqtt.wait_msg)

    def check_msg(self):
        return self._receive(BaseMqtt.check_msg)

    def get_mqttsta(self):
        state = -1 if self._plain is None else self._plain.getsocketsta()
        if state in (0, 2, 3):
            return 1
        if state == 4:
            return 0 if self._accepted and self._connected else 1 if self._connected else -1
        return 2 if state in (7, 8) else -1

    def _receive(self, receive):
        session = self._session
        while self._connected and self._session == session:
            sock = self.sock
            try:
                return receive(self)
            except Exception as e:
                if not self._connected or self._session != session:
                    break
                fault, self._fault = self._fault, None
                self._mend('wait msg', session, sock, fault or e)
        return None

    def _deliver(self, topic, msg):
        try:
            self.cb(topic, msg)
        except Exception as e:
            self._warn('set_callback OSError[%s].' % e)

    # ---- keeping the connection

    def _keep_alive(self, session):
        while self._rest(_PING_ROUND_SECONDS, session):
            sock = self.sock
            try:
                # Nobody has read the answer where nobody reads.
                if self.ping_waits and self._reading.locked():
                    raise OSError(110)
                idle = utime.ticks_diff(utime.ticks_ms(), self.last_time)
                if idle > (self.keepalive - 3) * 1000:
                    self.ping()
            except Exception as e:
                if self._session != session:
                    return
                if not self.reconn:
                    self._tell(str(e))
                    if self._session == session:
                        self._fault = e
                    sock.close()  # who reads from it would never hear of it
                    return
                self._mend('ping', session, sock, e, 2)

    def _mend(self, where, session, sock, fault, pause=1):
        """Connects again instead of `sock`, however long it takes; raises `fault` if that is not wanted."""
        if not self.reconn or self._mender == _thread.get_ident():
            raise fault
        mending = self._mending
        with mending:
            # Another thread may have met the same fault and mended it.
            if self.sock is not sock or self._session != session:
                return
            self._mender = _thread.get_ident()
            try:
                self._connect_again(where, session, pause)
            finally:
                self._mender = None

    def _connect_again(self, where, session, pause):
        self._warn('%s, Network exception. Trying to reconnect' % where)
        self._tell('reconnect_start')
        attempt = 0
        while self._rest(pause, session):
            self.close()
            try:
                self._open(self.clean_session)
                for topic in list(self.topic_list):
                    self._subscribe(topic, self.topic_list[topic])
                if self._session == session:
                    self._tell('reconnect_success')
                else:
                    self.close()
                return
            except Exception as e:
                if self._session == session:
                    self._warn('reconnect OSError[%s].' % e)
            pause = 5 + attempt
            attempt += 1

    def _rest(self, seconds, session):
        """Sleeps as long as the session lasts; whether it still does."""
        for _ in range(seconds * 10):
            if self._session != session:
                return False
            utime.sleep_ms(100)
        return self._session == session

    def _tell(self, text):
        if self._error_cb is None:
            return
        try:
            self._error_cb(text)
        except Exception as e:
            self._warn('error_register_cb OSError[%s].' % e)

    def _warn(self, text):
        _log.warning('[%d-%d-%d %d:%d:%d] %s' % (tuple(utime.localtime()[:6]) + (text,)))


def _packet(first, size, rest):
    """The fixed header says `size` as its caller counts it: of a str the characters, not the bytes, as on the
    module, where texts that are not ASCII have to be encoded by the script."""
    assert size < 1 << 28
    head = bytearray((first,))
    while True:
        byte, size = size & 0x7f, size >> 7
        head.append(byte | 0x80 if size else byte)
        if not size:
            return bytes(head) + rest


def _field(text):
    return ustruct.pack('!H', len(text)) + _bytes(text)


def _bytes(text):
    return text.encode() if isinstance(text, str) else bytes(text)
