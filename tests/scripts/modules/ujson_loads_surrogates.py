# cell: ujson.loads: \uXXXX single units (no surrogate joining)
# firmware: all
import ujson

print(len(ujson.loads('"\\ud83d\\ude00"')))
