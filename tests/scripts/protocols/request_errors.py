# cell: request, errors
# firmware: all
# options: --lab
import request
from usr.support import kind, listening, serve, web_answer


def answered(*lines):
    port, over = serve(web_answer(*lines))
    text = kind(request.get, 'http://127.0.0.1:%d/' % port)
    over()
    print(text.replace(str(port), 'PORT'))


answered('')
answered('nonsense')
answered('HTTP/1.0 two hundred')
answered('HTTP/1.0 301 Moved', 'Location: /', '', '')
print(kind(request.get, 'http://www.example.com/redirect'))

print(kind(request.get, 'ftp://www.example.com/'))
print(kind(request.get, '1.2.3.4/x'))
print(kind(request.get, '1.2.3.4:x/y'))
print(kind(request.get, 'http://no..such.name/'))
try:
    request.post('http://www.example.com/', data='a', json=[])
except AssertionError:
    print('AssertionError')
try:
    request.post('http://www.example.com/', 'data')
except TypeError:
    print('TypeError')
print(kind(request.post, 'http://www.example.com/', files={'filepath': 'x'}))

server, port = listening()
server.close()
text = kind(request.get, 'http://127.0.0.1:%d/' % port)
print(text.replace(str(port), 'PORT'))
