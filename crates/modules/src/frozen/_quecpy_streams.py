# Streams of uasyncio: connections and servers.
import uerrno
import usocket
from _quecpy_loop import CancelledError, create_task, readable, sleep_ms, writable


class Stream:
    """Both directions: the reader and the writer of a connection are the same object. Of anything that can be polled."""

    def __init__(self, s, e=None):
        self.s = s
        self._extra = e or {}
        self.out_buf = b''

    def get_extra_info(self, name):
        return self._extra[name]

    def close(self):
        """Does nothing, as MicroPython has it: wait_closed() closes."""

    async def wait_closed(self):
        self.s.close()

    async def _some(self, n):
        """What comes next, up to n bytes; empty at the end."""
        while True:
            await readable(self.s)
            part = self.s.read(n)
            if part is not None:
                return part

    async def read(self, n=-1):
        """What there is, up to n bytes; without n all until the end."""
        part = await self._some(n)
        if n >= 0:
            return part
        data = part
        while part:
            part = await self._some(n)
            data += part
        return data

    async def readinto(self, buf):
        await readable(self.s)
        return self.s.readinto(buf)

    async def readexactly(self, n):
        data = b''
        while len(data) < n:
            part = await self._some(n - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    async def readline(self):
        line = b''
        while not line.endswith(b'\n'):
            await readable(self.s)
            part = self.s.readline()
            if part == b'':
                break
            line += part or b''
        return line

    def write(self, buf):
        if isinstance(buf, str):
            buf = buf.encode()
        if not self.out_buf:
            # What goes at once.
            sent = self.s.write(buf) or 0
            if sent == len(buf):
                return
            buf = buf[sent:]
        self.out_buf += buf

    async def drain(self):
        if not self.out_buf:
            # Even a task that writes without end lets others go on.
            return await sleep_ms(0)
        rest = memoryview(self.out_buf)
        while rest:
            await writable(self.s)
            rest = rest[self.s.write(rest) or 0:]
        self.out_buf = b''

    # Older names, which servers for MicroPython still use.
    async def awrite(self, buf, off=0, sz=-1):
        if off or sz >= 0:
            end = len(buf) if sz < 0 else off + sz
            buf = memoryview(buf)[off:end]
        self.write(buf)
        await self.drain()

    awritestr = awrite
    aclose = wait_closed


StreamReader = Stream
StreamWriter = Stream


def _address_of(host, port):
    found = usocket.getaddrinfo(host, port)
    if not found:
        # Firmware of 2021 answers with an empty list.
        raise OSError(-2)
    return found[0][0], found[0][-1]


def _without_ssl(ssl, name):
    if ssl:
        raise NotImplementedError(name + ': ssl is not simulated')


async def open_connection(host, port, ssl=None, server_hostname=None):
    _without_ssl(ssl, 'open_connection')
    family, address = _address_of(host, port)
    socket = usocket.socket(family, usocket.SOCK_STREAM)
    socket.setblocking(False)
    try:
        socket.connect(address)
    except OSError as e:
        if e.args[0] != uerrno.EINPROGRESS:
            socket.close()
            raise
    # Whether it worked shows at its first use.
    await writable(socket)
    stream = Stream(socket)
    return stream, stream


class Server:
    """Accepts until it is closed; the task that does closes the socket."""

    def __init__(self, socket, callback):
        self._socket = socket
        self._callback = callback
        self._closed = False
        self.task = create_task(self._serve())

    async def __aenter__(self):
        return self

    async def __aexit__(self, _type, _error, _traceback):
        self.close()
        await self.wait_closed()

    def close(self):
        self._closed = True
        self.task.cancel()

    async def wait_closed(self):
        await self.task

    async def _serve(self):
        while True:
            try:
                await readable(self._socket)
            except CancelledError:
                self._socket.close()
                if not self._closed:
                    raise
                return
            try:
                # Its shape differs between firmwares: a pair with the address in it, or three items.
                accepted = self._socket.accept()
            except Exception:
                continue
            peer = accepted[1] if len(accepted) == 2 else accepted[1:]
            accepted[0].setblocking(False)
            stream = Stream(accepted[0], {'peername': peer})
            create_task(self._callback(stream, stream))


async def start_server(callback, host, port, backlog=5, ssl=None):
    _without_ssl(ssl, 'start_server')
    family, address = _address_of(host, port)
    socket = usocket.socket(family)
    try:
        socket.setblocking(False)
        socket.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)
        socket.bind(address)
        socket.listen(backlog)
    except BaseException:
        socket.close()
        raise
    server = Server(socket, callback)
    try:
        # Its task begins, so that it closes the socket when it is cancelled.
        await sleep_ms(0)
    except CancelledError:
        server.task.cancel()
        socket.close()
        raise
    return server
