# An echo server that gives each connection a thread, and three clients of it, in one script.
# stderr:
import usocket
import _thread

PORT = 6001
CLIENTS = 3


def serve(conn):
    while True:
        line = conn.readline()
        if not line:
            break
        conn.write(line)
    conn.close()


def accept(server):
    for _ in range(CLIENTS):
        conn = server.accept()[0]
        _thread.start_new_thread(serve, (conn,))
    server.close()


server = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
server.setsockopt(usocket.SOL_SOCKET, usocket.SO_REUSEADDR, 1)
server.bind(('', PORT))
server.listen(CLIENTS)
_thread.start_new_thread(accept, (server,))

for number in range(CLIENTS):
    client = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
    client.settimeout(5)
    client.connect(('127.0.0.1', PORT))
    client.write('client %d says hello\n' % number)
    print(client.readline().decode().strip())
    client.close()
