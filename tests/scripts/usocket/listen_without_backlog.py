# cell: listen: without argument allowed except in 2021 and 2026
# firmware: all
from usr.support import bound, kind

print(kind(bound()[0].listen))
