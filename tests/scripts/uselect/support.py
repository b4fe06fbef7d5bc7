# What the scripts of this folder share.
import usocket


def listening():
    """A listener at some free port of 127.0.0.1, and that port."""
    # Where an object lies is another number in every run: scripts that run together start apart.
    port = 20000 + id([]) // 64 % 12000
    while True:
        sock = usocket.socket()
        try:
            sock.bind(('127.0.0.1', port))
            sock.listen(5)
            return sock, port
        except OSError:
            sock.close()
            port += 1


def pair():
    """Two ends of a connection: the server's and the client's."""
    server, port = listening()
    client = usocket.socket()
    client.connect(('127.0.0.1', port))
    end = server.accept()[0]
    server.close()
    return end, client


def kind(call, *args):
    """The kind of exception that a call fails with, an OSError with its number, or what it returns."""
    try:
        return call(*args)
    except OSError as e:
        return 'OSError(%d)' % e.args[0]
    except Exception as e:
        return type(e).__name__
