# Streams of uasyncio: connections and servers.
import uerrno
import usocket
from _quecpy_loop import CancelledError, Task, _readable, _writable, create_task, sleep_ms


def _error_number(e):
    return e.args[0] if e.args else None


class Stream:
    """Both directions of a connection: the reader and the writer of a pair are the same object."""

    def __init__(self, socket, extra=None):
        self._socket = socket
        self._extra = extra or {}
        self._unsent = b''
        self._closing = None

    def get_extra_info(self, name):
        return self._extra[name]

    async def read(self, n=-1):
        """What there is, up to n bytes; without n all until the end."""
        data = b''
        while True:
            await _readable(self._socket)
            part = self._socket.read() if n < 0 else self._socket.read(n)
            if n >= 0 and part is not None:
                return part
            if part == b'':
                return data
            data += part or b''

    async def readinto(self, buf):
        while True:
            await _readable(self._socket)
            count = self._socket.readinto(buf)
            if count is not None:
                return count

    async def readexactly(self, n):
        data = b''
        while len(data) < n:
            part = await self.read(n - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    async def readline(self):
        line = b''
        while not line.endswith(b'\n'):
            await _readable(self._socket)
            part = self._socket.readline()
            if part == b'':
                break
            line += part or b''
        return line

    def write(self, buf):
        self._unsent += buf.encode() if isinstance(buf, str) else bytes(buf)
        self._send()

    def _send(self):
        if self._unsent:
            sent = self._socket.write(self._unsent)
            self._unsent = self._unsent[sent or 0:]

    async def drain(self):
        if not self._unsent:
            # Even who writes without end lets others go on.
            await sleep_ms(0)
        while self._unsent:
            await _writable(self._socket)
            self._send()

    def close(self):
        if self._closing is not None:
            return
        if self._unsent:
            self._closing = create_task(self._close_when_sent())
        else:
            self._closing = True
            self._socket.close()

    async def _close_when_sent(self):
        try:
            await self.drain()
        finally:
            self._socket.close()

    async def wait_closed(self):
        self.close()
        if isinstance(self._closing, Task):
            await self._closing

    async def __aenter__(self):
        return self

    async def __aexit__(self, _type, _error, _traceback):
        self.close()
        await self.wait_closed()

    # Older names, which servers for MicroPython still use.
    async def awrite(self, data):
        self.write(data)
        await self.drain()

    async def aclose(self):
        self.close()
        await self.wait_closed()


StreamReader = Stream
StreamWriter = Stream


def _address_of(host, port):
    found = usocket.getaddrinfo(host, port)
    if not found:
        # Firmware of 2021 answers with an empty list.
        raise OSError(-2)
    return found[0][0], found[0][-1]


async def open_connection(host, port):
    family, address = _address_of(host, port)
    socket = usocket.socket(family, usocket.SOCK_STREAM)
    try:
        await _connect(socket, address)
    except BaseException:
        socket.close()
        raise
    stream = Stream(socket, {'peername': address})
    return stream, stream


async def _connect(socket, address):
    socket.setblocking(False)
    try:
        socket.connect(address)
    except OSError as e:
        if _error_number(e) != uerrno.EINPROGRESS:
            raise
        await _writable(socket)
        _confirm(socket, address)


def _confirm(socket, address):
    """Asks again, which tells whether it worked."""
    try:
        socket.connect(address)
    except OSError as e:
        # "Connected already", as the firmwares number it.
        if _error_number(e) not in (106, uerrno.EALREADY):
            raise


class Server:
    def __init__(self, socket, callback):
        self._socket = socket
        self._callback = callback
        self._closed = False
        self._task = create_task(self._serve())

    def close(self):
        self._closed = True
        self._task.cancel()
        # Also when the task has not begun, and then never gets to its own end.
        self._socket.close()

    async def wait_closed(self):
        try:
            await self._task
        except CancelledError:
            # Unless it was close(), somebody cancelled the waiting task.
            if not self._closed:
                raise

    async def __aenter__(self):
        return self

    async def __aexit__(self, _type, _error, _traceback):
        self.close()
        await self.wait_closed()

    async def _serve(self):
        while True:
            await _readable(self._socket)
            try:
                # Its shape differs between firmwares: a pair with the address in it, or three items.
                accepted = self._socket.accept()
            except OSError as e:
                if _error_number(e) in (uerrno.EAGAIN, uerrno.ECONNABORTED):
                    continue
                raise
            peer = accepted[1] if len(accepted) == 2 else accepted[1:]
            accepted[0].setblocking(False)
            create_task(self._handle(Stream(accepted[0], {'peername': peer})))

    async def _handle(self, stream):
        result = self._callback(stream, stream)
        if hasattr(result, 'send'):
            await result


async def start_server(callback, host, port, backlog=5):
    family, address = _address_of(host, port)
    socket = usocket.socket(family, usocket.SOCK_STREAM)
    try:
        socket.setblocking(False)
        socket.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)
        socket.bind(address)
        socket.listen(backlog)
    except BaseException:
        socket.close()
        raise
    return Server(socket, callback)
