# cell: bind: '' means every interface of the module
# firmware: all
# stderr:
import usocket
from usr.support import bound

server, port = bound(host='')
server.listen(5)
for host in ('127.0.0.1', '10.73.21.6'):
    client = usocket.socket()
    client.connect((host, port))
    client.send(host)
    print(server.accept()[0].recv(20))
