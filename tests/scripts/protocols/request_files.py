# cell: request, files_data: multipart
# firmware: all
import request
from usr.support import serve, web_request

seen = []
answer = 'HTTP/1.0 200 OK\r\n\r\n'


def talk(conn):
    head = web_request(conn)
    for line in head.split(b'\r\n'):
        if line.startswith(b'Content-Length: '):
            seen.append(conn.read(int(line.split()[1].decode())))
    seen.append(conn.read(2))
    conn.write(answer)


port, over = serve(talk)
headers = {}
request.post('http://127.0.0.1:%d/' % port, headers=headers, files_data='abcdefg', files_data_len=5,
             files_name='a.txt').close()
over()
boundary = headers['Content-Type'].split('boundary=')[1]
print(headers['Content-Type'].replace(boundary, 'B'), headers['charset'])
for line in seen[0].decode().replace('--' + boundary, '--B').split('\r\n'):
    print(line)
print(seen[1])
