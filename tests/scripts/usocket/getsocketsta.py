# cell: getsocketsta: 0 CLOSED, 1 LISTEN, 4 ESTABLISHED, 7 CLOSE_WAIT, -1 after close
# firmware: all
import usocket
from usr.support import bound

server, port = bound()
print('new', usocket.socket().getsocketsta(), 'bound', server.getsocketsta())
server.listen(1)
client = usocket.socket()
client.connect(('127.0.0.1', port))
end = server.accept()[0]
print('listening', server.getsocketsta(), 'connected', client.getsocketsta(), end.getsocketsta())
end.close()
client.read()
print('left alone', client.getsocketsta())
for sock in (client, end, server):
    sock.close()
    print('closed', sock.getsocketsta())
