# cell: ujson.dumps(obj, separators=None), generation 2; generation 1 has none
# firmware: 2021 2025
import ujson


def dumps(separators):
    try:
        return ujson.dumps({'a': [1, 2]}, separators=separators)
    except TypeError:
        return 'TypeError'


print(dumps((',', ':')))
print(dumps(None))
