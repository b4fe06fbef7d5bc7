# cell: After close: OSError(9), also with bytes that nobody read
# firmware: all
from usr.support import number, pair

server, client = pair()
client.send(b'one\ntwo\nthree')
print(server.readline())
server.close()
print(number(server.recv, 5), number(server.read, 5), number(server.read), number(server.readline))
print(number(server.readinto, bytearray(5)), number(server.recvfrom, 5))
