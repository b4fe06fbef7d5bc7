# cell: Timeouts: recv, recvfrom, read, readline, readinto
# firmware: all
from usr.support import number, pair

server, client = pair()
server.settimeout(0.02)
print(number(server.recv, 1))
print(number(server.recvfrom, 1))
print(number(server.read, 1))
print(number(server.read))
print(number(server.readline))
print(number(server.readinto, bytearray(1)))
