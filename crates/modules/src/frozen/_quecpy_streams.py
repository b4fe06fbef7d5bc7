# Streams of uasyncio: connections and servers. MicroPython's extmod/asyncio/stream.py (MIT license, copyright 2019-2020
# Damien P. George).
import uerrno
import usocket
import usys
import _quecpy_loop as core
from _quecpy_loop import _pause


class Stream:
    """Both directions: the reader and the writer of a connection are the same object. Of anything that can be polled."""

    def __init__(self, s, e={}):
        self.s = s
        self.e = e
        self.out_buf = b''

    def get_extra_info(self, v):
        return self.e[v]

    def close(self):
        pass

    async def wait_closed(self):
        self.s.close()

    async def read(self, n=-1):
        r = b''
        while True:
            core._io_queue.queue_read(self.s)
            await _pause
            r2 = self.s.read(n)
            if r2 is not None:
                if n >= 0:
                    return r2
                if not len(r2):
                    return r
                r += r2

    async def readinto(self, buf):
        core._io_queue.queue_read(self.s)
        await _pause
        return self.s.readinto(buf)

    async def readexactly(self, n):
        r = b''
        while n:
            core._io_queue.queue_read(self.s)
            await _pause
            r2 = self.s.read(n)
            if r2 is not None:
                if not len(r2):
                    raise EOFError
                r += r2
                n -= len(r2)
        return r

    async def readline(self):
        line = b''
        while True:
            core._io_queue.queue_read(self.s)
            await _pause
            part = self.s.readline()
            if part is None:
                continue
            line += part
            if not part or line[-1] == 10:
                return line

    def write(self, buf):
        if isinstance(buf, str):
            buf = buf.encode()
        if not self.out_buf:
            # What goes at once.
            n = self.s.write(buf)
            if n == len(buf):
                return
            if n is not None:
                buf = buf[n:]
        self.out_buf += buf

    async def drain(self):
        if not self.out_buf:
            # Even a task that writes without end lets others go on.
            await core.sleep_ms(0)
            return
        view = memoryview(self.out_buf)
        at = 0
        while at < len(view):
            core._io_queue.queue_write(self.s)
            await _pause
            n = self.s.write(view[at:])
            if n is not None:
                at += n
        self.out_buf = b''

    # Older names, which servers for MicroPython still use.
    async def awrite(self, buf, off=0, sz=-1):
        if off != 0 or sz != -1:
            buf = memoryview(buf)
            if sz == -1:
                sz = len(buf)
            buf = buf[off : off + sz]
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


async def open_connection(host, port, ssl=None, server_hostname=None):
    family, address = _address_of(host, port)
    s = usocket.socket(family, usocket.SOCK_STREAM)
    s.setblocking(False)
    try:
        s.connect(address)
    except OSError as e:
        if e.args[0] != uerrno.EINPROGRESS:
            raise
    if ssl:
        raise NotImplementedError('open_connection: ssl is not simulated')
    stream = Stream(s)
    core._io_queue.queue_write(s)
    await _pause
    return stream, stream


class Server:
    async def __aenter__(self):
        return self

    async def __aexit__(self, _type, _error, _traceback):
        self.close()
        await self.wait_closed()

    def close(self):
        # _serve has begun: start_server waited for it.
        self.state = True
        self.task.cancel()

    async def wait_closed(self):
        await self.task

    async def _serve(self, s, cb):
        self.state = False
        while True:
            try:
                core._io_queue.queue_read(s)
                await _pause
            except core.CancelledError:
                s.close()
                if self.state:
                    return
                raise
            try:
                # Its shape differs between firmwares: a pair with the address in it, or three items.
                accepted = s.accept()
            except Exception:
                continue
            peer = accepted[1] if len(accepted) == 2 else accepted[1:]
            accepted[0].setblocking(False)
            stream = Stream(accepted[0], {'peername': peer})
            core.create_task(cb(stream, stream))


async def start_server(cb, host, port, backlog=5, ssl=None):
    if ssl:
        raise NotImplementedError('start_server: ssl is not simulated')
    family, address = _address_of(host, port)
    s = usocket.socket(family)
    s.setblocking(False)
    s.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)
    s.bind(address)
    s.listen(backlog)
    server = Server()
    server.task = core.create_task(server._serve(s, cb))
    try:
        # _serve begins, so that it closes the socket when it is cancelled.
        await core.sleep_ms(0)
    except core.CancelledError:
        server.task.cancel()
        raise
    return server
