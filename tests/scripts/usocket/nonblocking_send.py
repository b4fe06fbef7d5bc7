# cell: Non-blocking: send: OSError(11); write: None when nothing moved, otherwise what moved
# firmware: all
from usr.support import number, pair

BIG = b'x' * 20000000
server, client = pair()
client.setblocking(False)
print(0 < client.send(BIG) < len(BIG))
while type(number(client.send, BIG)) is int:
    pass
print(number(client.send, BIG))
print(number(client.write, BIG))

server, client = pair()
client.setblocking(False)
print(0 < client.write(BIG) < len(BIG))
while number(client.write, BIG) is not None:
    pass
print(number(client.send, BIG))
