# cell: ujson.dumps: any object accepted, no TypeError; no keywords
# firmware: all
import ujson


class Point:
    def __str__(self):
        return 'a point'


def refused(**keywords):
    try:
        return ujson.dumps([1, 2], **keywords)
    except TypeError:
        return 'TypeError'


print(type(ujson.dumps(len)) is str, type(ujson.dumps([object()])) is str)
print(refused(indent=2), refused(sort_keys=True), refused(ensure_ascii=False), refused(default=str))
print(hasattr(ujson, 'JSONDecodeError'), hasattr(ujson, 'JSONEncoder'))
