# What the scripts of this folder share.
import usocket


def bound(kind=usocket.SOCK_STREAM, proto=0, host='127.0.0.1', af=usocket.AF_INET):
    """A socket bound to some free port of the host, and that port: not every column can tell a port."""
    # Where an object lies is another number in every run: scripts that run together start apart.
    port = 20000 + id([]) // 64 % 12000
    while True:
        sock = usocket.socket(af, kind, proto)
        try:
            sock.bind((host, port))
            return sock, port
        except OSError:
            sock.close()
            port += 1


def listening(proto=0, backlog=5):
    sock, port = bound(usocket.SOCK_STREAM, proto)
    sock.listen(backlog)
    return sock, port


def pair(proto=0):
    """Two ends of a connection: the server's and the client's."""
    server, port = listening(proto)
    client = usocket.socket()
    client.connect(('127.0.0.1', port))
    end = server.accept()[0]
    server.close()
    return end, client


def full():
    """A listener whose queue is full, its port, and the clients in the queue: who connects now waits."""
    server, port = listening(backlog=0)
    clients = []
    while True:
        client = usocket.socket()
        client.settimeout(0.05)
        try:
            client.connect(('127.0.0.1', port))
        except OSError:
            client.close()
            return server, port, clients
        clients.append(client)


def moment():
    """Lets a twentieth of a second pass, so that other threads come to wait. No result depends on it."""
    sock = bound(usocket.SOCK_DGRAM)[0]
    sock.settimeout(0.05)
    try:
        sock.recv(1)
    except OSError:
        sock.close()


def number(call, *args):
    """The error number that a call fails with, or what it returns."""
    try:
        return call(*args)
    except OSError as e:
        assert type(e) is OSError
        return 'OSError(%d)' % e.args[0]


def kind(call, *args):
    """The kind of exception that a call fails with, or what it returns."""
    try:
        return call(*args)
    except Exception as e:
        return type(e).__name__
