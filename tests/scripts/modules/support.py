# What the scripts of this folder share.
import usocket


def pair():
    """Two ends of a connection: the server's and the client's."""
    # Where an object lies is another number in every run: scripts that run together start apart.
    port = 20000 + id([]) // 64 % 12000
    while True:
        server = usocket.socket()
        try:
            server.bind(('127.0.0.1', port))
            break
        except OSError:
            server.close()
            port += 1
    server.listen(1)
    client = usocket.socket()
    client.connect(('127.0.0.1', port))
    end = server.accept()[0]
    server.close()
    return end, client


def kind(call, *args):
    """The kind of exception that a call fails with, or what it returns."""
    try:
        return call(*args)
    except Exception as e:
        return type(e).__name__
