# cell: uwebsocket, send and recv: text, binary, pings, long frames
# firmware: all
import uwebsocket
from usr.support import kind, serve, web_request

SIZES = (0, 5, 125, 126, 65535, 65536)
got = []


def frame(conn):
    """Opcode and data of a frame of the client, which must be masked."""
    head = conn.read(2)
    size = head[1] & 0x7f
    if size > 125:
        size = int.from_bytes(conn.read(2 if size == 126 else 8), 'big')
    mask = conn.read(4)
    data = bytes([byte ^ mask[i % 4] for i, byte in enumerate(conn.read(size))])
    return head[0], head[1] >> 7, data


def talk(conn):
    web_request(conn)
    conn.write(b'HTTP/1.1 101 OK\r\n\r\n')
    for size in SIZES:
        first, masked, data = frame(conn)
        got.append((first, masked, len(data), data == b'x' * size))
        head = bytes((first, size)) if size < 126 else bytes((first, 126)) + size.to_bytes(2, 'big') \
            if size < 65536 else bytes((first, 127)) + size.to_bytes(8, 'big')
        conn.write(head + data)
    got.append(frame(conn))
    conn.write(b'\x89\x02pi\x8a\0\x81\x06' + '你好'.encode() + b'\x82\x02\0\xff')
    got.append(frame(conn))
    got.append(frame(conn))


port, over = serve(talk)
with uwebsocket.Client.connect('ws://127.0.0.1:%d/' % port) as client:
    for size in SIZES:
        client.send('x' * size)
        print(client.recv() == 'x' * size)
    client.send(b'\0\xff')
    print(client.recv(), client.recv())
    for wrong in (bytearray(b'x'), 5, None):
        print(kind(client.send, wrong).split(':')[0])
    client.settimeout(0.02)
    print(kind(client.recv))
print(client.open, client.close())
print(kind(client.send, 'x').split(':')[0], kind(client.recv).split(':')[0])
over()
for one in got:
    print(one)
