# cell: connect, non-blocking: 115, then 114
# firmware: all
import usocket
from usr.support import full, number

server, port, clients = full()
client = usocket.socket()
client.setblocking(False)
print(number(client.connect, ('127.0.0.1', port)))
print(number(client.connect, ('127.0.0.1', port)))
