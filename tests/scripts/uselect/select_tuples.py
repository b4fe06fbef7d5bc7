# cell: select: any sequence
import uselect
from usr.support import kind, pair

server, client = pair()
r, w, x = uselect.select((), (server, client), (), 1)
print(r, len(w), x)
print(kind(uselect.select, 5, [], []), kind(uselect.select, [], []))
