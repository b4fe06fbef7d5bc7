# uwebsocket: a WebSocket client (RFC 6455) over usocket.
#
# Client.connect does the opening handshake and gives a WebsocketClient, whose frames Websocket sends and
# reads. Deliberately absent, as on the module: fragmented messages, checks of accept key and certificate.
import ubinascii
import uos
import usocket
import ustruct

CLOSE_OK = 1000  # RFC 6455 7.4.1

# RFC 6455 5.2
_CONTINUATION, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 0, 1, 2, 8, 9, 10


class ConnectionClosed(Exception):
    pass


class Websocket:
    is_client = False

    def __init__(self, sock):
        self.sock = sock
        self.open = True
        self.debug = False
        # What has come of the frame being read: a timeout in its middle loses nothing.
        self._part = b''

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def settimeout(self, timeout):
        self.sock.settimeout(timeout)

    def send(self, buf):
        assert self.open
        if isinstance(buf, str):
            self._send(_TEXT, buf.encode())
        elif isinstance(buf, bytes):
            self._send(_BINARY, buf)
        else:
            raise TypeError('str or bytes, not %s' % type(buf))

    def recv(self):
        assert self.open
        while True:
            frame = self._frame()
            if frame is None:
                return ''
            opcode, data = frame
            if opcode == _TEXT:
                return data.decode()
            if opcode == _BINARY:
                return data
            if opcode == _CLOSE:
                self._answer_close(data)
                return None
            if opcode == _PING:
                self._send(_PONG, data)
            elif opcode != _PONG:
                self._broken()

    def close(self, code=CLOSE_OK, reason=''):
        if not self.open:
            return
        try:
            self._send(_CLOSE, ustruct.pack('!H', code) + reason.encode())
        except OSError:
            pass  # the peer has gone already
        self._shut()

    def _answer_close(self, data):
        # RFC 6455 5.5.1: who gets a close frame sends one back.
        try:
            self._send(_CLOSE, data[:2])
        except OSError:
            pass
        self._shut()

    def _shut(self):
        self.open = False
        self.sock.close()

    def _broken(self):
        self._shut()
        raise ConnectionClosed()

    def _send(self, opcode, data):
        masked = 0x80 if self.is_client else 0
        size = len(data)
        if size < 126:
            head = ustruct.pack('!BB', 0x80 | opcode, masked | size)
        elif size < 1 << 16:
            head = ustruct.pack('!BBH', 0x80 | opcode, masked | 126, size)
        else:
            head = ustruct.pack('!BBQ', 0x80 | opcode, masked | 127, size)
        if masked:
            mask = uos.urandom(4)
            head += mask
            data = _mask(data, mask)
        self.sock.write(head + data)

    def _frame(self):
        """The next frame's opcode and data; None when the socket ended before it."""
        if not self._have(2):
            return self._broken() if self._part else None
        first, second = self._part[0], self._part[1]
        if not first & 0x80 or first & 0x0f == _CONTINUATION:
            raise NotImplementedError('fragmented frames')
        size = second & 0x7f
        at = 2
        if size >= 126:
            form, at = ('!H', 4) if size == 126 else ('!Q', 10)
            if not self._have(at):
                self._broken()
            size = ustruct.unpack(form, self._part[2:at])[0]
        if second & 0x80:
            at += 4
        if not self._have(at + size):
            self._broken()
        data = self._part[at:]
        if second & 0x80:
            data = _mask(data, self._part[at - 4:at])
        self._part = b''
        return first & 0x0f, data

    def _have(self, size):
        """Whether that much of the frame has come; False at the end of the stream."""
        while len(self._part) < size:
            piece = self.sock.read(size - len(self._part))
            if piece is None:
                raise OSError(11)  # a socket that does not wait
            if not piece:
                return False
            self._part += piece
        return True


class WebsocketClient(Websocket):
    is_client = True


class Client:
    @staticmethod
    def connect(url, headers=None, debug=False):
        if headers is not None and not isinstance(headers, dict):
            raise Exception('headers must be dict type but %s you given.' % type(headers))
        scheme, host, port, path = _locate(url)
        sock = _connect(scheme, host, port)
        try:
            _handshake(sock, host, port, path, headers or {}, debug)
        except Exception:
            sock.close()
            raise
        client = WebsocketClient(sock)
        client.debug = debug
        return client


def _locate(url):
    scheme, found, rest = url.partition('://')
    assert found and scheme in ('ws', 'wss')
    host, _, path = rest.partition('/')
    host, found, port = host.partition(':')
    assert host and (not found or port.isdigit())
    return scheme, host, int(port) if found else 443 if scheme == 'wss' else 80, '/' + path


def _connect(scheme, host, port):
    if scheme == 'wss':
        import ussl  # here, so that ws works where there is none
    address = usocket.getaddrinfo(host, port)[0]
    sock = usocket.socket(address[0], usocket.SOCK_STREAM)
    try:
        sock.connect(address[-1])
        return ussl.wrap_socket(sock, server_hostname=host) if scheme == 'wss' else sock
    except Exception:
        sock.close()
        raise


def _handshake(sock, host, port, path, headers, debug):
    lines = ['GET %s HTTP/1.1' % path,
             'Host: %s:%d' % (host, port),
             'Connection: Upgrade',
             'Upgrade: websocket',
             'Sec-WebSocket-Key: ' + _key(),
             'Sec-WebSocket-Version: 13',
             'Origin: http://%s:%d' % (host, port)]
    lines += ['%s: %s' % (name, headers[name]) for name in headers]
    sock.write(('\r\n'.join(lines) + '\r\n\r\n').encode())
    line = (sock.readline() or b'').rstrip()
    assert line.startswith(b'HTTP/1.1 101 '), line
    while line:
        if debug:
            print(line.decode())
        line = sock.readline().rstrip()


def _mask(data, mask):
    size = len(data)
    mask = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(data, 'big') ^ int.from_bytes(mask, 'big')).to_bytes(size, 'big')


def _key():
    return ubinascii.b2a_base64(uos.urandom(16)).decode().rstrip()
