# cell: request: a page, its status, headers, text and JSON
# firmware: all
# options: --lab
import request

response = request.get('http://www.example.com/News')
print(response.status_code, response.reason, response.encoding, response.headers['Server'])
print(type(response.content) is str, len(''.join(response.text)) > 0)

response = request.get('www.example.com/get?a=1')
print(response.json()['args'], response.json())

for method in (request.put, request.post):
    name = method.__name__
    response = method('http://www.example.com/' + name, data='hello')
    print(name, response.json()['data'])
for method in (request.patch, request.delete, request.get):
    print(method('http://www.example.com/anything', data='x').json()['method'])
print(request.request('OPTIONS', 'http://www.example.com/anything').json()['method'])

response = request.head('http://www.example.com/News')
print(response.status_code, list(response.content), response.json())

response = request.post('http://www.example.com/post', json={'n': [1, None]})
answer = response.json()
print(answer['headers']['Content-Type'], answer['json'])

response = request.get('http://www.example.com/status/404')
print(response.status_code, response.reason)
response.close()
print(list(response.content))
