# websocket: frames of RFC 6455 over a stream, as MicroPython's extmod/modwebsocket.c reads and writes them. What its server
# (webrepl) needs: no handshake, and nothing longer than 65535 bytes.
import uerrno
import uio

_CONTINUATION = 0
_TEXT = 1
_CLOSE = 8
_OPCODE = 15
_FINAL = 0x80
_MASKED = 0x80
_LONGEST = 0xffff
_GET_OPTIONS = 8
_SET_OPTIONS = 9


class websocket(uio.IOBase):
    def __init__(self, stream, blocking=False):
        self._stream = stream
        self._blocking = blocking is True
        self._opcode = _TEXT
        self._received = 0
        self._left = 0
        self._mask = b'\0\0\0\0'
        self._at = 0
        self._control = 0
        self._parts = b''
        self._wanted = 2
        self._step = self._begin

    def _begin(self):
        first, second = self._parts
        opcode = first & _OPCODE
        if opcode != _CONTINUATION:
            self._received = opcode
        self._control = opcode if opcode >= _CLOSE else 0
        self._mask = b'\0\0\0\0'
        self._left = second & 127
        if self._left == 127:
            # More than this can hold, and nothing tells where the next frame begins.
            self._stream.close()
            raise OSError(uerrno.EIO)
        self._parts = b''
        self._wanted = (2 if self._left == 126 else 0) + (4 if second & _MASKED else 0)
        self._step = self._extend if self._wanted else None

    def _extend(self):
        parts = self._parts
        if len(parts) != 4:
            self._left = parts[0] << 8 | parts[1]
        if len(parts) >= 4:
            self._mask = parts[-4:]
        self._parts = b''
        self._step = None

    def _end(self):
        self._step = self._begin
        self._wanted = 2
        self._at = 0

    def _some(self, size):
        """Up to so many bytes of what frames carry; none at the end."""
        while True:
            while self._step:
                got = self._stream.read(self._wanted - len(self._parts))
                if not got:
                    return got
                self._parts += got
                if len(self._parts) < self._wanted:
                    raise OSError(uerrno.EAGAIN)
                self._step()
            got = b''
            if self._left:
                got = self._stream.read(min(size, self._left))
                if not got:
                    return got
                got = bytes([byte ^ self._mask[(self._at + i) % 4] for i, byte in enumerate(got)])
                self._at += len(got)
                self._left -= len(got)
            if not self._left:
                self._end()
                if self._control:
                    if self._control == _CLOSE:
                        self._put(bytes([_FINAL | _CLOSE, 0]), b'')
                        return b''
                    continue
            if got:
                return got

    def read(self, size=-1):
        whole = b''
        while size < 0 or len(whole) < size:
            got = self._some(256 if size < 0 else size - len(whole))
            if got is None and not whole:
                return None
            if not got:
                break
            whole += got
        return whole

    def readinto(self, buffer, size=-1):
        got = self._some(len(buffer) if size < 0 else min(size, len(buffer)))
        if got:
            memoryview(buffer)[:len(got)] = got
        return None if got is None else len(got)

    def readline(self, size=-1):
        line = b''
        while not line.endswith(b'\n') and len(line) != size:
            got = self._some(1)
            if not got:
                break
            line += got
        return line

    def _put(self, head, data):
        if self._blocking:
            self._stream.setblocking(True)
        self._stream.write(head)
        if data:
            self._stream.write(data)
        if self._blocking:
            self._stream.setblocking(False)

    def write(self, data):
        if isinstance(data, str):
            data = data.encode()
        length = len(data)
        if not length:
            return 0
        if length > _LONGEST:
            raise OSError(uerrno.ENOBUFS)
        head = bytes([_FINAL | self._opcode])
        head += bytes([length]) if length < 126 else bytes([126, length >> 8, length & 255])
        self._put(head, data)
        return length

    def ioctl(self, request, argument=0):
        if request == _GET_OPTIONS:
            return self._received
        if request == _SET_OPTIONS:
            before = self._opcode
            self._opcode = argument & _OPCODE
            return before
        if hasattr(self._stream, 'ioctl'):
            return self._stream.ioctl(request, argument)
        raise OSError(uerrno.EINVAL)

    def close(self):
        self._stream.close()
