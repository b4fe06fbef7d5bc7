# cell: recvfrom(n): (bytes, (ip, port)), streams
# firmware: all
import usocket
from usr.support import listening

server, port = listening()
client = usocket.socket()
client.connect(('127.0.0.1', port))
server.accept()[0].send(b'hello')
data, (ip, number) = client.recvfrom(3)
print(data, ip, number == port)
print(client.recvfrom(10)[0])
