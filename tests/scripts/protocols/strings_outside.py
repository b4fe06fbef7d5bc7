# cell: where a str leaves the script, and comes from outside: files and their names, JSON, tracebacks, sockets, exec
# firmware: documented 2021
# options: --ephemeral
import ujson
import uio
import uos
import usys
from usr.support import serve
import usocket

NAME = '/usr/文件.txt'
with open(NAME, 'w') as f:
    print(f.write('中é\n'), f.write(b'\xff\n'))
print([name for name in uos.listdir('/usr') if name.endswith('.txt')] == ['文件.txt'], uos.stat(NAME)[6])
with open(NAME) as f:
    print(f.readline() == '中é\n', f.readline().encode(), f.seek(0), f.read(1).encode())
uos.rename(NAME, '/usr/新')
try:
    open(NAME)
except OSError as e:
    print(e)
uos.remove('/usr/新')


def wrong(文):
    raise ValueError('错é' + 文)


try:
    wrong('ü')
except ValueError as e:
    out = uio.StringIO()
    usys.print_exception(e, out)
    print(out.getvalue().split('\n')[-2:], str(e) == '错éü')
ujson.dump({'名': ['é']}, usys.stdout)
print()
exec("print('中')")
print(eval("'中' + 'é'") == '中é', compile("'é'", 'é.py', 'eval') is not None)



port, over = serve(lambda conn: conn.write(conn.read(8)))
client = usocket.socket()
client.connect(usocket.getaddrinfo('127.0.0.1', port)[0][-1])
print(client.send('中é'), client.send(bytearray(b'\xfe\xff\x00').decode()))
print(client.recv(100))
client.close()
over()
