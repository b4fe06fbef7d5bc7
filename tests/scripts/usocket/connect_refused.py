# cell: connect, refused
# firmware: all
import usocket
from usr.support import bound, number

silent, port = bound()
print(number(usocket.socket().connect, ('127.0.0.1', port)))
