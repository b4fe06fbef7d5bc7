# cell: Not connected: recv: 107; send: 32 or 107
# firmware: all
import usocket
from usr.support import bound, number

for sock in (usocket.socket(), bound()[0]):
    print(number(sock.recv, 1))
    print(number(sock.send, b'x') in ('OSError(32)', 'OSError(107)'))
