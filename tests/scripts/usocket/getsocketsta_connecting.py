# cell: getsocketsta: 2 SYN_SENT
# firmware: all
import usocket
from usr.support import full, number

server, port, clients = full()
client = usocket.socket()
client.setblocking(False)
print(number(client.connect, ('127.0.0.1', port)))
print(client.getsocketsta())
