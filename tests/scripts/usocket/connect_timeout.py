# cell: connect, timeout
# firmware: all
import usocket
from usr.support import full, number

server, port, clients = full()
client = usocket.socket()
client.settimeout(0.05)
print(number(client.connect, ('127.0.0.1', port)))
