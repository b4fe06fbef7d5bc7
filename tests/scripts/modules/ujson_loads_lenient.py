# cell: ujson.loads: lenient
# firmware: all
import ujson

for text in ('[1 2]', '{"a" 1}', '[1}', '{"a":1]', '[1,]', '01', '1.', '[1,,2]', '{1:2}'):
    print(ujson.loads(text))
