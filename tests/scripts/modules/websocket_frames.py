# cell: websocket: frames over a stream, with masks, control frames and the answer to a close
# firmware: micropython
import io
import websocket


def frames(data, *sizes):
    ws = websocket.websocket(io.BytesIO(data))
    return [ws.read(size) for size in sizes]


print(frames(b'\x81\x02hi', 2), frames(b'\x01\x03abc\x80\x03def', 4, 2, 1))
print(frames(b'\x82\x83\x01\x02\x03\x04' + bytes([ord('x') ^ 1, ord('y') ^ 2, ord('z') ^ 3]), 3))
print(frames(b'\x89\x01p\x81\x01q', 1), frames(b'\x8a\x00\x81\x00\x81\x01r', 1))
print(frames(b'\x81\x7e\x01\x00' + b'm' * 256, 256) == [b'm' * 256])
stream = io.BytesIO(b'\x88\x00')
print(websocket.websocket(stream).read(5))
stream.seek(2)
print(stream.read())
for data in (b'', b'answer', b'l' * 200, 'text'):
    stream = io.BytesIO()
    ws = websocket.websocket(stream)
    print(ws.write(data), stream.getvalue()[:10])
ws = websocket.websocket(io.BytesIO())
print(ws.ioctl(9, 2), ws.ioctl(9, 1))
for call in (lambda: ws.write(bytes(65536)), lambda: websocket.websocket(io.BytesIO(b'\x81\x7f')).read(1)):
    try:
        call()
    except OSError as e:
        print(e)
ws.close()
