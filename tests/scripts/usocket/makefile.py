# cell: makefile(mode='rb', ...): the socket itself, which is a stream
# firmware: all
from usr.support import kind, pair

server, client = pair()
print(server.makefile() is server, server.makefile(mode='rb') is server, server.makefile('rwb', 0) is server)
for mode in ('r', 'w', 'rb', 'wb', 'rwb'):
    print(mode, server.makefile(mode) is server)
for mode in ('x', 'a', '', 'rr'):
    print(mode, kind(server.makefile, mode))
client.send(b'one\ntwo\n')
stream = server.makefile('rwb')
print(stream.readline(), stream.readline())
stream.write(b'answer\n')
print(client.readline())
