# cell: request, files: two files of the flash as multipart
# firmware: all
# options: --ephemeral
import request
from usr.support import serve, web_request

seen = []


def talk(conn):
    for line in web_request(conn).split(b'\r\n'):
        if line.startswith(b'Content-Length: '):
            seen.append(conn.read(int(line.split()[1].decode())))
    seen.append(conn.read(2))
    conn.write('HTTP/1.0 200 OK\r\n\r\n')


for name, data in (('one', b'first'), ('two', b'x' * 3000)):
    with open('/usr/%s.bin' % name, 'wb') as file:
        file.write(data)
headers = {}
port, over = serve(talk)
response = request.post('http://127.0.0.1:%d/' % port, headers=headers,
                        files={'filepath': '/usr/one.bin', 'filename': 'a.bin', 'name': 'field',
                               'filepath1': '/usr/two.bin', 'filename1': 'b.bin'})
over()
print(response.status_code)
boundary = headers['Content-Type'].split('boundary=')[1]
for line in seen[0].decode().replace('--' + boundary, '--B').split('\r\n'):
    print(line if len(line) < 100 else len(line))
print(seen[1])
