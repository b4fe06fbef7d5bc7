# cell: close(): also on __del__
# firmware: all
from usr.support import pair

server, client = pair()
del client
print(server.read())


def forgets():
    server, client = pair()
    return server


print(forgets().read())
