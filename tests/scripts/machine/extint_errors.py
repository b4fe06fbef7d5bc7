# firmware: all
from machine import ExtInt
from usr.support import fails, raises


def nothing(_):
    pass


fails(ExtInt, 48, 0, 0, nothing)
fails(ExtInt, -1, 0, 0, nothing)
fails(ExtInt, 1, 3, 0, nothing)
fails(ExtInt, 1, -1, 0, nothing)
fails(ExtInt, 1, 0, 3, nothing)
raises(ExtInt, 1, 0, 0)
raises(ExtInt, 1, 0, 0, 5)
raises(ExtInt, gpio=1, mode=0, pull=0, callback=nothing)
e = ExtInt(1, 0, 0, nothing)
fails(e.read_count, 2)
raises(e.read_count)
print(ExtInt(2, 0, 0, None).enable())
