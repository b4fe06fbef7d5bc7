# request: HTTP 1.0 and 1.1 over usocket, as Quectel's module of this name shows it to scripts.
#
# Here lives what becomes of an address, what goes out, and the Response. Odd things a script can see are
# meant: the module contract, protocols lists them, and a script that works around them must work here as well.
import _quecpy_firmware
import ubinascii
import ujson
import usocket
import utime

_NOT_JSON = ('The data for the response cannot be converted to JSON-type data,'
             'please try use response.content method')


class Response:
    """What the server answered. The body is read from the socket only when it is asked for."""

    def __init__(self, raw, status_code=0, reason='', headers=None, decode=True, sizeof=2048, chunked=False):
        self.raw = raw
        self.encoding = 'utf-8'
        self.status_code = status_code
        self.reason = reason
        self.headers = {} if headers is None else headers
        self._decode = decode
        self._sizeof = sizeof
        self._chunked = chunked
        self._left = 0  # of the chunk being read

    @property
    def content(self):
        return self._blocks(self._decode)

    @property
    def text(self):
        return self._blocks(True)

    def json(self):
        try:
            whole = ''
            for block in self.content:
                whole += block
            return ujson.loads(whole) if whole else None
        except Exception:
            raise ValueError(_NOT_JSON)

    def close(self):
        self.raw.close()

    def _blocks(self, decode):
        # A block may end within a character; decoding fails then, and as on the module the data simply stops.
        try:
            while True:
                block = self._chunk() if self._chunked else self.raw.read(self._sizeof)
                if not block:
                    break
                yield block.decode() if decode else block
        except Exception as e:
            if 'ETIMEDOUT' in str(e):
                self.close()
                raise ValueError(str(e))
        self.close()

    def _chunk(self):
        """At most sizeof bytes of the chunk at hand; b'' behind the last one."""
        if not self._left:
            self._left = int(self.raw.readline().split(b';')[0].decode().strip(), 16)
            if not self._left:
                return b''
        block = self.raw.read(min(self._left, self._sizeof))
        self._left -= len(block)
        if not self._left:
            self.raw.readline()  # the end of line behind a chunk
        return block


def request(method, url, data=None, json=None, files=None, stream=None, decode=True, sizeof=2048, timeout=20,
            headers=None, ssl_params=None, version=0, files_data=None, files_data_len=None, files_name=None,
            ipvtype=0, username=None, password=None):
    tls, host, port, path = _locate(url)
    headers = {} if headers is None else headers
    body = _Body(data, json, files, headers, files_data, files_data_len, files_name)
    head = _head(method, path, host, headers, version, _credentials(username, password), body.length)
    address = _resolve(host, port, ipvtype)
    sock = _connect(url, address, timeout, tls, host, ssl_params)
    try:
        body.send(sock, head)
        status, reason = _status(sock, url)
        received = _headers(sock, status)
    except Exception:
        sock.close()
        raise
    chunked = version == 1 and 'chunked' in received.get('Transfer-Encoding', '').lower()
    return Response(sock, status, reason, received, decode, sizeof, chunked)


def get(url, **kw):
    return request('GET', url, **kw)


def post(url, **kw):
    return request('POST', url, **kw)


def put(url, **kw):
    return request('PUT', url, **kw)


def patch(url, **kw):
    return request('PATCH', url, **kw)


def delete(url, **kw):
    return request('DELETE', url, **kw)


def head(url, **kw):
    return request('HEAD', url, **kw)


# ---- the address

def _locate(url):
    """Whether over TLS, the host, the port, and the path without its first slash."""
    if url.split('.', 1)[0].isdigit():
        return _locate_number(url)
    if not url.startswith('http') and '://' not in url:
        url = 'http://' + url
    scheme, _, host, path = (url.split('/', 3) + ['', '', ''])[:4]
    if scheme not in ('http:', 'https:'):
        raise ValueError('Unsupported protocol: ' + scheme)
    port = 443 if scheme == 'https:' else 80
    if ':' in host:
        host, port = host.split(':', 1)
        port = int(port)
    return scheme == 'https:', host, port, path


def _locate_number(url):
    """An address that starts with a number must name its port."""
    host, _, path = url.partition('/')
    if ':' not in host:
        raise ValueError("MissingSchema: Invalid URL '%s'" % url)
    host, port = host.split(':', 1)
    if not port.isdigit():
        raise ValueError("URL address error: '%s'" % url)
    return False, host, int(port), path


def _resolve(host, port, ipvtype):
    family = usocket.AF_INET6 if ipvtype else usocket.AF_INET
    found = []
    try:
        found = [one for one in usocket.getaddrinfo(host, port) if one[0] == family]
    except OSError:
        pass
    if not found:
        raise IndexError('Domain name resolution error, please check network connection')
    return found[0]


def _connect(url, address, timeout, tls, host, ssl_params):
    if tls:
        import ussl  # here, so that plain HTTP works where there is none
    sock = usocket.socket(address[0], usocket.SOCK_STREAM)
    try:
        sock.settimeout(timeout)
        sock.connect(address[-1])
    except OSError as e:
        sock.close()
        raise RuntimeError("HTTP Connection '%s' FAIL='%s'" % (e, url))
    if not tls:
        return sock
    try:
        return ussl.wrap_socket(sock, server_hostname=host, **(ssl_params or {}))
    except Exception as e:
        if _quecpy_firmware.request_ignores_tls:
            return sock  # such firmware goes on without TLS, and fails later
        sock.close()
        raise RuntimeError("HTTPS USSL '%s' FAIL='%s'" % (e, url))


# ---- what goes out

def _head(method, path, host, headers, version, credentials, length):
    lines = ['%s /%s HTTP/1.%d' % (method, path, 1 if version == 1 else 0)]
    # Servers refuse a request with two hosts: the caller's own goes before.
    if 'Host' not in headers:
        lines.append('Host: ' + host)
    if version == 1:
        lines.append('Connection: close')
    lines += ['%s: %s' % (name, headers[name]) for name in headers]
    if credentials:
        lines.append('Authorization: Basic ' + credentials)
    if length is not None:
        lines.append('Content-Length: %d' % length)
    return ('\r\n'.join(lines) + '\r\n\r\n').encode()


class _Body:
    """The request's body: its pieces in order, each bytes or the path of a file, and its announced length."""

    def __init__(self, data, json, files, headers, files_data, files_data_len, files_name):
        assert data is None or json is None
        self.pieces = []
        self.length = None
        if json is not None:
            data = ujson.dumps(json)
            if not headers:
                headers['Content-Type'] = 'application/json'
        if files is not None or files_data is not None:
            self._multipart(headers, files, files_data, files_data_len, files_name)
        elif data is not None:
            data = _bytes(data)
            self.length = len(data)
            self.pieces.append(data)

    def _multipart(self, headers, files, files_data, files_data_len, files_name):
        boundary = str(utime.time())
        headers['Content-Type'] = 'multipart/form-data; boundary=' + boundary
        headers['charset'] = 'UTF-8'
        self.length = 0
        for source, filename, name in _uploads(files or {}, files_data, files_data_len, files_name):
            part = ('--%s\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\n'
                    'Content-Type: application/octet-stream\r\n\r\n')
            self._add((part % (boundary, name, filename)).encode())
            self._add(source)
            self._add(b'\r\n')
        self._add(('--%s--\r\n' % boundary).encode())

    def _add(self, piece):
        self.length += _file_size(piece) if isinstance(piece, str) else len(piece)
        self.pieces.append(piece)

    def send(self, sock, head):
        if self.length is None:
            sock.write(head)
            return
        # One write for what is short: a peer that reads once sees a whole request.
        waiting = head
        for piece in self.pieces + [b'\r\n']:
            if isinstance(piece, str):
                sock.write(waiting)
                waiting = b''
                _send_file(sock, piece)
            else:
                waiting += piece
        sock.write(waiting)


def _uploads(files, files_data, files_data_len, files_name):
    """(bytes or a path, file name, field name) of each file."""
    if files_data is not None:
        content = _bytes(files_data)
        if files_data_len is not None:
            content = content[:files_data_len]
        return [(content, files_name or 'file', 'file')]
    if 'filepath' not in files or 'filename' not in files:
        raise ValueError("Missing key parameters 'filepath' and 'filename'")
    found = [(files['filepath'], files['filename'], files.get('name', 'file'))]
    if 'filepath1' in files and 'filename1' in files:
        found.append((files['filepath1'], files['filename1'], files.get('name1', 'file1')))
    return found


def _file_size(path):
    with open(path, 'rb') as file:
        file.seek(0, 2)
        return file.tell()


def _send_file(sock, path):
    with open(path, 'rb') as file:
        while True:
            block = file.read(2048)
            if not block:
                return
            sock.write(block)


def _bytes(data):
    return data.encode() if isinstance(data, str) else data


def _credentials(username, password):
    if username is None:
        return None
    # b2a_base64 ends with a line end.
    return ubinascii.b2a_base64(('%s:%s' % (username, password or '')).encode()).decode().rstrip()


# ---- what comes back

def _status(sock, url):
    words = (sock.readline() or b'').split(None, 2)
    try:
        return int(words[1].decode()), words[2].rstrip() if len(words) > 2 else ''
    except (IndexError, ValueError):
        raise ValueError("InvalidSchema: No connection adapters were found for '%s'" % url)


def _headers(sock, status):
    """Of `Date: Mon, 1 Jan 2024 12:30:01` only ` Mon, 1 Jan 2024 12` stays, as on the module."""
    headers = {}
    while True:
        line = sock.readline()
        if not line or line == b'\r\n' or line == b'\n':
            return headers
        if line.startswith(b'Location:') and not 200 <= status <= 299:
            raise NotImplementedError('Redirects not yet supported')
        pieces = line.decode().rstrip('\r\n').split(':')
        if len(pieces) > 1:
            headers[pieces[0]] = pieces[1]
