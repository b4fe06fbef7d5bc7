# cell: ujson.loads
# firmware: all
import ujson

for text in ('{"a": [1, 2.5, null, true, false]}', '"text"', '5', '-7', '1e3', '-1.5e-2', ' \n[ ]\t', '{}', '""',
             '12345678901234567890123', '{"a": 1, "a": 2}', b'[1, "bytes"]', bytearray(b'[2]')):
    print(ujson.loads(text))
