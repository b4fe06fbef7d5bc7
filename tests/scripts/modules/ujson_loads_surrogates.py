# cell: ujson.loads: \uXXXX single units (no surrogate joining)
# firmware: all
import ujson

# FIXME: the module keeps two halves; text in this VM is Unicode, in which two halves are one character.
print(len(ujson.loads('"\\ud83d\\ude00"')))
