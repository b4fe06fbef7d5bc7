# cell: ujson.dumps: escapes; non-ASCII output raw UTF-8
# firmware: all
import ujson

print(ujson.dumps('a"b\\c/d'))
print(ujson.dumps('line\n\r\tend'))
print(ujson.dumps('\x00\x01\x1f'))
print(ujson.dumps('é 中文'))
