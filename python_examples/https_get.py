# Fetches a page over TLS, once with `request`, once by hand with `ussl`, and checks who answers.
# options: --lab
import request
import usocket
import ussl

HOST = 'www.example.com'

# request does it all; the server's certificate is not checked, as on every module.
response = request.get('https://' + HOST + '/get?greeting=hello')
print(response.status_code, response.json()['args'])

# With an authority's certificate (PEM) as `ca` it is. Yours is a file of your project; the lab has its own at /ca.pem.
ca = ''.join(request.get('http://' + HOST + '/ca.pem').text)

sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
sock.settimeout(10)
sock.connect(usocket.getaddrinfo(HOST, 443)[0][-1])
conn = ussl.wrap_socket(sock, server_hostname=HOST, ca=ca)
# The wrapped socket has read and write, not recv and send.
conn.write('GET /News HTTP/1.0\r\nHost: %s\r\n\r\n' % HOST)
print(conn.readline().decode().strip())
print('the page has an end:', conn.read().endswith(b'</html>\n'))
conn.close()

# A server that shows a certificate of somebody else is refused.
sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
sock.connect(usocket.getaddrinfo('wrong.host.example.com', 443)[0][-1])
try:
    ussl.wrap_socket(sock, server_hostname='wrong.host.example.com', ca=ca)
except OSError as e:
    print('refused:', e.args[0])
sock.close()
