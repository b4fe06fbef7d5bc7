# cell: ujson.loads: ValueError("syntax error in JSON")
# firmware: all
import ujson

for text in ('', '  ', '[1] x', '1 2', ']', 'nul', 'NaN', 'Infinity', '+1', "'a'", '"abc', 'x'):
    try:
        print(ujson.loads(text))
    except ValueError as e:
        print(e)
