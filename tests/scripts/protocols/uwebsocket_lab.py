# cell: uwebsocket with a real server, ws and wss
# firmware: all
# options: --lab
import uwebsocket

for scheme in ('ws', 'wss'):
    client = uwebsocket.Client.connect(scheme + '://echo.example.com/echo')
    for message in ('hello', b'\x00\xff', '', '你好', 'x' * 200, b'y' * 70000):
        client.send(message)
        print(client.recv() == message)
    try:
        print(client.settimeout(10))
    except AttributeError:
        print('no settimeout')
    client.close()
    print(client.open)
