# cell: readline: a line longer than any buffer
# firmware: all
import _thread
from usr.support import pair

server, client = pair()
_thread.start_new_thread(client.sendall, (b'x' * 300000 + b'\nend\n',))
print(len(server.readline()), server.readline())
