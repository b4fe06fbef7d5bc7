# cell: readline and read, as HTTP clients use them
# firmware: all
from usr.support import pair

server, client = pair()
server.write('HTTP/1.0 200 OK\r\nContent-Length: 5\r\nServer: x\r\n\r\nhello')
server.close()
version, status, reason = client.readline().split(None, 2)
print(int(status), reason.rstrip())
length = 0
while True:
    line = client.readline()
    if not line or line == b'\r\n':
        break
    if line.startswith(b'Content-Length:'):
        length = int(line.split(b':', 1)[1])
print(length, client.read(length), client.read())
