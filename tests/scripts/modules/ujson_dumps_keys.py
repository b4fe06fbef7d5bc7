# cell: ujson.dumps: keys that are no text are quoted
# firmware: all
import ujson

for key in (1, None, True, 1.5, 'a', ''):
    print(ujson.dumps({key: 2}))
