# cell: request, content, text, json and their blocks
# firmware: all
import request
from usr.support import kind, serve, web_answer

JSON = ('HTTP/1.0 200 OK', '', '{"a": [1, 2, 3]}')
CHUNKED = ('HTTP/1.1 200 OK', 'Transfer-Encoding: chunked', '', '5', 'hello', 'A;x=y',
           ' 123456789', '0', '', '')


def fetched(lines, **kw):
    port, over = serve(web_answer(*lines))
    response = request.get('http://127.0.0.1:%d/' % port, **kw)
    over()
    return response


print(list(fetched(JSON, sizeof=7).content))
print(list(fetched(JSON, sizeof=7, decode=False).content))
print(list(fetched(JSON, sizeof=7, decode=False).text))
response = fetched(JSON, sizeof=5)
print(next(response.content), next(response.text), list(response.content))
print(list(response.text), response.json())

print(fetched(JSON).json(), fetched(('HTTP/1.0 200 OK', '', '')).json())
print(kind(fetched(('HTTP/1.0 200 OK', '', 'no JSON')).json))
print(kind(fetched(JSON, decode=False).json))

print(list(fetched(CHUNKED, version=1, sizeof=6).content))
print(list(fetched(CHUNKED).content))

# Where a block ends within a character the text stops, unless a str can hold half of one.
print([block.encode() for block in fetched(('HTTP/1.0 200 OK', '', 'ab你好'), sizeof=5).content])
print([block.encode() for block in fetched(('HTTP/1.0 200 OK', '', 'ab你好'), sizeof=4).content])
