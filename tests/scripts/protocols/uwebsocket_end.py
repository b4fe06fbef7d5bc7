# cell: uwebsocket, recv: the end, a close frame, what is broken, fragments; a timeout within a frame
# firmware: all
import uwebsocket
from usr.support import kind, serve, web_request


def connected(data):
    def talk(conn):
        web_request(conn)
        conn.write(b'HTTP/1.1 101 OK\r\n\r\n' + data)
    port, over = serve(talk)
    client = uwebsocket.Client.connect('ws://127.0.0.1:%d/' % port)
    over()
    return client


client = connected(b'\x81\x01a')
print([client.recv(), client.recv(), client.recv()], client.open)
client = connected(b'\x88\x02\x03\xe8')
print(client.recv(), client.open)
client = connected(b'\x88\0')
print(client.recv(), client.open)
for broken in (b'\x81', b'\x81\x7e\0', b'\x81\x05ab', b'\x83\0'):
    client = connected(broken)
    print(kind(client.recv), client.open)
print(issubclass(uwebsocket.ConnectionClosed, Exception))
for fragment in (b'\x01\x01a', b'\x80\x01a'):
    print(kind(connected(fragment).recv).split(':')[0])


def slow(conn):
    web_request(conn)
    conn.write(b'HTTP/1.1 101 OK\r\n\r\n\x81\x05ab')
    conn.read(7)
    conn.write(b'cde')


port, over = serve(slow)
client = uwebsocket.Client.connect('ws://127.0.0.1:%d/' % port)
client.settimeout(0.02)
print(kind(client.recv))
client.send('x')
client.settimeout(None)
print(client.recv())
over()
