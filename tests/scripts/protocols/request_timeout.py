# cell: request, timeouts
# firmware: all
import request
from usr.support import kind, serve, web_request


def silent(conn):
    web_request(conn)
    conn.read()


def half(conn):
    web_request(conn)
    conn.write('HTTP/1.0 200 OK\r\n\r\nhalf')
    conn.read()


port, over = serve(silent)
print(kind(request.get, 'http://127.0.0.1:%d/' % port, timeout=0.05))
over()
port, over = serve(half, half)
response = request.get('http://127.0.0.1:%d/' % port, timeout=0.05)
print(kind(list, response.content))
response = request.get('http://127.0.0.1:%d/' % port, timeout=0.05)
print(kind(response.json))
over()
