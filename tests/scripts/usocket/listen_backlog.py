# cell: listen(backlog): backlog >= 0
# firmware: all
from usr.support import bound, kind

print(bound()[0].listen(0))
print(bound()[0].listen(1))
print(bound()[0].listen(100))
print(kind(bound()[0].listen, -1) in ('ValueError', 'OSError'))
