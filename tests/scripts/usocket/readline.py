# cell: readline: to and with \n, or the end
# firmware: all
from usr.support import pair

server, client = pair()
client.send(b'one\r\n\ntwo\nrest')
client.close()
for i in range(6):
    print(server.readline())
