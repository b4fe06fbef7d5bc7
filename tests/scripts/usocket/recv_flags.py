# cell: recv, recvfrom: MSG_PEEK and MSG_DONTWAIT
# firmware: all
import usocket
from usr.support import number, pair

server, client = pair()
print(number(client.recv, 1, usocket.MSG_DONTWAIT))
server.sendall(b'line\nrest')
print(client.recv(4, usocket.MSG_PEEK), client.recv(6, usocket.MSG_PEEK), client.readline())
print(client.recv(9, usocket.MSG_DONTWAIT))
print(number(client.recv, 1, usocket.MSG_PEEK | usocket.MSG_DONTWAIT))
server.sendall(b'end')
server.close()
print(client.recv(9, usocket.MSG_PEEK), client.recv(9, 0))
client.close()

receiver = usocket.socket(usocket.AF_INET, usocket.SOCK_DGRAM)
receiver.bind(('127.0.0.1', 0))
print(number(receiver.recvfrom, 9, usocket.MSG_DONTWAIT))
receiver.settimeout(0.01)
print(number(receiver.recvfrom, 9, usocket.MSG_PEEK))
