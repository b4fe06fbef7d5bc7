# cell: Non-blocking: recv, recvfrom, accept: OSError(11); read, readline, readinto: None when nothing moved
# firmware: all
from usr.support import listening, number, pair

server, client = pair()
server.setblocking(False)
print(number(server.recv, 1))
print(number(server.recvfrom, 1))
print(number(server.read, 1))
print(number(server.read))
print(number(server.readline))
print(number(server.readinto, bytearray(1)))
listener, port = listening()
listener.settimeout(0)
print(number(listener.accept))
