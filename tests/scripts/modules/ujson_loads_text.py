# cell: ujson.loads: escapes and UTF-8
# firmware: all
import ujson

print(ujson.loads('"\\u4e2d\\u6587"') == '中文', ujson.loads('"中文"') == '中文', ujson.loads('"中文"'.encode()) == '中文')
print(ujson.loads('"\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041"') == '"\\/\x08\x0c\n\r\tA')
