# cell: request over TLS
# firmware: all
# options: --lab
import request

response = request.get('https://www.example.com/get?a=1', username='me', password='secret')
answer = response.json()
print(response.status_code, answer['url'], answer['headers']['Authorization'])
print(request.post('https://www.example.com/post', json={'n': [1, None]}).json()['json'])
response = request.get('https://www.example.com/bytes/1000000', decode=False)
print(sum([len(block) for block in response.content]))

ca = ''.join(request.get('https://www.example.com/ca.pem').text)
print(request.get('https://www.example.com/News', ssl_params={'ca': ca}).status_code)
try:
    # Generation 1 goes on without TLS, to which the server has nothing to say.
    request.get('https://expired.example.com/News', ssl_params={'ca': ca})
except (OSError, ValueError):
    print('fails later')
except RuntimeError as e:
    print(e)
