# cell: ujson.loads: lone '-', None
# firmware: all
import ujson


def error(value):
    try:
        return ujson.loads(value)
    except Exception as e:
        return type(e).__name__, str(e)


kind, text = error('-')
print(kind, text.startswith('invalid syntax for integer'))
print(error(None))
print(error(5))
