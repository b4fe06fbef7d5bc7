# cell: connect and bind of a name that does not exist
import usocket
from usr.support import number

print(number(usocket.socket().connect, ('no.such.name.invalid', 80)))
print(number(usocket.socket().bind, ('no.such.name.invalid', 0)))
