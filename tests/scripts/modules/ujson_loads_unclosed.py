# cell: ujson.loads: generation 1 also accepts an unclosed [1
# firmware: 2021 2025
import ujson
from usr.support import kind

print(kind(ujson.loads, '[1'))
