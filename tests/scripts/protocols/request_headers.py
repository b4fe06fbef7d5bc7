# cell: request, Response.headers and reason
# firmware: all
import request
from usr.support import serve, web_answer


def answered(*lines):
    port, over = serve(web_answer(*lines))
    response = request.get('http://127.0.0.1:%d' % port)
    print(response.status_code, response.reason, [(k, response.headers[k]) for k in sorted(response.headers)])
    print(list(response.content))
    over()


# Only the second piece stays; the last of two counts.
answered('HTTP/1.1 200 Very  good ', 'Date: Mon 12:30:01', 'x-y:z', 'A: 1', 'A:2', '', 'body')
answered('HTTP/1.0 404', '', '')
answered('HTTP/1.0 200 OK', 'Location: http://x', '', 'x')
answered('HTTP/1.0 302 Found', 'location: http://x', '', 'x')
answered('HTTP/1.0 200 OK', 'No colon', 'A: b')
