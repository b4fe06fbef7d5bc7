# cell: ussl.wrap_socket: what it does not take, and peers that do not speak TLS
# firmware: all
import ssl
import usocket
import ussl
from usr.support import kind, listening, serve

with open('/usr/tls_cert.pem') as file:
    cert = file.read()
with open('/usr/tls_key.pem') as file:
    key = file.read()


def why(*args, **kw):
    try:
        return ussl.wrap_socket(*args, **kw)
    except TypeError:
        return 'TypeError'
    except (OSError, ValueError) as e:
        return e.args


print(ssl is ussl)
sock = usocket.socket()
print(why(sock, key='x', cert=cert), why(sock, key=cert, cert=cert))
print(why(sock, key=key, cert='x'), why(sock, key=key))
print(why(sock, ca='x'), why(sock, ca=key))
print(why(5), why(None))
print(why(), why(sock, True), why(sock, name='x'), why(sock, cert=5))

port, over = serve(lambda conn: (conn.recv(2000), conn.write('HTTP/1.1 400 Bad Request\r\n\r\n'), conn.read()),
                   lambda conn: conn.recv(2000))
for _ in range(2):
    sock = usocket.socket()
    sock.connect(('127.0.0.1', port))
    print(why(sock))
    sock.close()
over()

# The socket's own timeout governs.
silent, port = listening()
sock = usocket.socket()
sock.connect(('127.0.0.1', port))
sock.settimeout(0.02)
print(why(sock))
sock.close()
print(why(sock))

sock = usocket.socket()
sock.connect(('127.0.0.1', port))
late = ussl.wrap_socket(sock, do_handshake=False)
late.setblocking(False)
print(repr(late).startswith('<_SSLSocket 0x'), late.read(1), late.readline(), late.readinto(bytearray(1)), late.write('x'))
for name in ('recv', 'send', 'sendall', 'settimeout', 'connect', 'makefile', 'fileno'):
    print(name, hasattr(late, name))
print('getsocketsta', hasattr(late, 'getsocketsta'))
print(kind(late.getpeercert, False), late.getpeercert(True))
print(kind(type(late)).split(':')[0])
late.close()
late.close()
print(kind(late.read, 1), kind(late.write, 'x'))
