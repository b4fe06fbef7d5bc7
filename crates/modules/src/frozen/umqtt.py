# umqtt: an MQTT 3.1.1 (and 3.1) client over usocket.
#
# _quecpy_mqtt speaks the protocol over one connection. MQTTClient, which scripts use, adds what keeps it alive:
# the thread that pings, connecting again, the log. What a script can see is listed in the module contract, protocols.
import _quecpy_time
import _thread
import utime
from _quecpy_mqtt import DISCONNECT, BaseMqtt, MQTTException

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
        # Another one after each connect() and disconnect(); what began in an earlier one ends by itself.
        self._session = _quecpy_time.Bell()
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
        self._begin_session()
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
        self._begin_session()
        try:
            self._send(bytes((DISCONNECT, 0)))
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
        if self._session == session and session.wait(seconds * 1000):
            session.ring()  # for the next that waits
        return self._session == session

    def _begin_session(self):
        over = self._session
        self._session = _quecpy_time.Bell()
        over.ring()

    def _tell(self, text):
        if self._error_cb is None:
            return
        try:
            self._error_cb(text)
        except Exception as e:
            self._warn('error_register_cb OSError[%s].' % e)

    def _warn(self, text):
        _log.warning('[%d-%d-%d %d:%d:%d] %s' % (tuple(utime.localtime()[:6]) + (text,)))
