# cell: SO_LINGER as struct linger: off or on, and the seconds
# firmware: all
import usocket
import ustruct
from usr.support import number, pair


def end(*linger):
    server, client = pair()
    server.setsockopt(usocket.SOL_SOCKET, usocket.SO_LINGER, ustruct.pack('ii', *linger))
    server.close()
    result = number(client.read)
    client.close()
    return result


print(end(1, 0), end(1, 10), end(0, 0))
server, client = pair()
print(number(server.setsockopt, usocket.SOL_SOCKET, usocket.SO_LINGER, b'12345'))
