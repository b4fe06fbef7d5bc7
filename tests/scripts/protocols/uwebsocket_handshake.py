# cell: uwebsocket, Client.connect: the handshake
# firmware: all
import uwebsocket
from usr.support import kind, serve, web_request

seen = []


def accept(conn):
    seen.append(web_request(conn))
    conn.write(b'HTTP/1.1 101 Switching Protocols\r\nA: b\r\n\r\n\x81\x02hi')


def refuse(conn):
    web_request(conn)
    conn.write('HTTP/1.1 403 Forbidden\r\n\r\n')


port, over = serve(accept, accept, refuse, lambda conn: web_request(conn))
url = 'ws://127.0.0.1:%d' % port
for target, headers in ((url + '/path?q=1', {'X-A': 'b', 'X-B': 2}), (url, None)):
    client = uwebsocket.Client.connect(target, headers)
    print(type(client).__name__, client.open, client.debug, client.is_client)
    lines = seen.pop().decode().replace(str(port), 'PORT').split('\r\n')
    key = [line for line in lines if line.startswith('Sec-WebSocket-Key: ')][0]
    print(len(key), key[-2:])
    lines.remove(key)
    print(lines)
    client.close()
print(kind(uwebsocket.Client.connect, url))
print(kind(uwebsocket.Client.connect, url))
over()

for wrong in ('http://127.0.0.1/', 'ws:/x', 'ws://', 'ws://host:port/'):
    print(kind(uwebsocket.Client.connect, wrong))
print(kind(uwebsocket.Client.connect, url, [1]))
