# cell: ujson.dumps: separators, tuples, bytes, float forms
# firmware: all
import ujson

for value in ('text', 5, -0.5, 1.0, 0.1, None, True, False, [], {}, (1, 2), [1, [2, [3]]], {'a': [1, {'b': None}]},
              b'bytes', 12345678901234567890123, float('inf'), float('-inf'), float('nan')):
    print(ujson.dumps(value))
