# What the scripts of this folder share.
import _thread
import usocket


def listening():
    """A listener at some free port, and that port: not every column can tell a port."""
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


def serve(*talks):
    """A peer that has these talks, each with one connection: its port, and what waits for their end."""
    server, port = listening()
    over = _thread.allocate_lock()
    over.acquire()

    def work():
        for talk in talks:
            conn = server.accept()[0]
            talk(conn)
            conn.close()
        server.close()
        over.release()

    _thread.start_new_thread(work, ())
    return port, over.acquire


def web_request(conn, body=0):
    """A request's head with so much of a body, as bytes."""
    whole = b''
    while not whole.endswith(b'\r\n\r\n'):
        whole += conn.read(1)
    return whole + conn.read(body)


def web_answer(*lines):
    """A talk: whatever is asked for, this comes."""
    def talk(conn):
        web_request(conn)
        conn.write('\r\n'.join(lines))
    return talk


def mqtt_packet(conn):
    """One packet, or b'' at the end."""
    whole = conn.read(1)
    size = shift = 0
    while whole:
        byte = conn.read(1)
        whole += byte
        size |= (byte[0] & 0x7f) << shift
        shift += 7
        if not byte[0] & 0x80:
            return whole + conn.read(size)
    return whole


def kind(call, *args, **kw):
    """What a call fails with, or what it returns."""
    try:
        return call(*args, **kw)
    except Exception as e:
        return '%s: %s' % (type(e).__name__, e)


def mqtt_broker(seen, *answers):
    """A talk: connects the client, then each packet that comes goes to `seen` and gets the next answer."""
    def talk(conn):
        seen.append(mqtt_packet(conn))
        conn.write(b'\x20\x02\0\0')
        for answer in answers:
            seen.append(mqtt_packet(conn))
            conn.write(answer)
        # Until the client goes.
        while seen[-1]:
            seen.append(mqtt_packet(conn))
    return talk


def plain_log():
    """Log lines without their time."""
    import log

    class Plain:
        def emit(self, record):
            print('%s:%s:%s' % (record.levelname, record.name, record.message.split('] ', 1)[1]))

    log.Logger.handlers.append(Plain())


def until(condition):
    """Waits for what another thread does."""
    import utime
    while not condition():
        utime.sleep_ms(5)
