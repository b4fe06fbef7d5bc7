# Talks to a WebSocket server that sends back what it gets.
# options: --lab
import uwebsocket

# ws:// is without TLS. Headers are extra; many servers want a token there.
client = uwebsocket.Client.connect('wss://echo.example.com/echo', headers={'X-Token': 'abc'})
for message in ('a text', b'some bytes'):
    # str goes as a text frame, bytes as a binary one, and they come back as what they were.
    client.send(message)
    print(client.recv())
client.close()
print('open:', client.open)
