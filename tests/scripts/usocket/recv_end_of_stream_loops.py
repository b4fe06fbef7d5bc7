# cell: End of stream in recv: a loop that leaves only by an exception, and one that leaves on b''
from usr.support import pair

server, client = pair()
client.send(b'quectel')
client.close()
while True:
    try:
        data = server.recv(100)
    except OSError as e:
        print('over', e.args[0])
        break
    print(data)

server, client = pair()
client.send(b'micropython')
client.close()
while True:
    data = server.recv(100)
    if not data:
        print('over')
        break
    print(data)
