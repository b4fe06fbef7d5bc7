# Fetches a page line by line: a socket is a stream, and makefile() gives it under that name.
# options: --lab
import usocket

HOST = 'www.example.com'
PATH = '/large'

sock = usocket.socket(usocket.AF_INET, usocket.SOCK_STREAM)
sock.settimeout(10)
sock.connect(usocket.getaddrinfo(HOST, 80)[0][-1])
stream = sock.makefile('rwb')
stream.write('GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' % (PATH, HOST))

print(stream.readline().decode().strip())
length = None
while True:
    line = stream.readline().decode().strip()
    if not line:
        break
    name, value = line.split(':', 1)
    if name.lower() == 'content-length':
        length = int(value)

body = stream.read(length)
print('as many bytes as announced:', len(body) == length)
sock.close()
