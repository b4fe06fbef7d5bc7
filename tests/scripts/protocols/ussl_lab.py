# cell: ussl.wrap_socket: a server that is checked, one that fails the check, and no check
# firmware: all
# options: --lab
import request
import usocket
import ussl


def wrap(host, **kw):
    sock = usocket.socket()
    sock.connect(usocket.getaddrinfo(host, 443)[0][-1])
    try:
        return ussl.wrap_socket(sock, server_hostname=host, **kw)
    except OSError as e:
        sock.close()
        return e.args


def status(conn):
    conn.write('GET /News HTTP/1.0\r\n\r\n')
    line = conn.readline()
    conn.close()
    return line


ca = ''.join(request.get('http://www.example.com/ca.pem').text)
print(ca.startswith('-----BEGIN CERTIFICATE-----'))
conn = wrap('www.example.com', ca=ca)
print(conn.write(b'GET /News HTTP/1.0\r\n\r\n'))
print(conn.readline(), conn.read(5), conn.readline(4))
print(conn.read().endswith(b'</html>\n'), conn.read(), conn.read(1), conn.readline())
conn.close()

print(status(wrap('other.example.com', ca=ca.encode())))
for host in ('expired.example.com', 'wrong.host.example.com', 'self-signed.example.com'):
    print(wrap(host, ca=ca), status(wrap(host)))
with open('/usr/tls_cert.pem') as file:
    print(wrap('www.example.com', ca=file.read()))

# Without a name there is none to compare.
sock = usocket.socket()
sock.connect(usocket.getaddrinfo('www.example.com', 443)[0][-1])
print(status(ussl.wrap_socket(sock, ca=ca)))
