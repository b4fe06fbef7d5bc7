# cell: request, wire format
# firmware: all
import request
from usr.support import serve, web_request


def asked(body, method='POST', **kw):
    """What a server gets."""
    seen = []

    def talk(conn):
        seen.append(web_request(conn, body))
        conn.write('HTTP/1.0 200 OK\r\n\r\n')

    port, over = serve(talk)
    request.request(method, 'http://127.0.0.1:%d/a/b?c=d' % port, **kw).close()
    over()
    print(seen[0])


asked(0, 'GET')
asked(0, 'GET', version=1, headers={'X-B': 1, 'X-A': 'two: three'})
# Behind a body an end of line.
asked(7, data='hello', headers={'A': 'b'})
asked(7, data=b'hello')
asked(10, json={'a': 1})
asked(5, json=[5], headers={'A': 'b'})
asked(0, 'GET', username='Aladdin', password='open sesame')
asked(2, username='ab', password='', data='')
# Bytes are counted, not characters.
asked(8, data='你好')
asked(8, data='你好'.encode())
