# cell: readline(max)
# firmware: all
from usr.support import pair

server, client = pair()
client.send(b'abcdef\nghi\n')
for size in (3, 3, 10, 3, 3):
    print(server.readline(size))
