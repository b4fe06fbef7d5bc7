# cell: ure, split(s[, max]) of a compiled pattern
# firmware: documented 2021 2025 micropython
import ure

comma = ure.compile(' *, *')
print(comma.split('a , b,c'), comma.split('a,b,c', 1), comma.split('a,b,c', 0), comma.split(''), comma.split('a'))
print(comma.split(b'a,b'), ure.compile('x').split(b'axb'))
# An empty match ends it; ^ is the start of the whole.
print(ure.compile('').split('abc'), ure.compile(',*').split('a,b'), ure.compile('^a').split('aab'))
try:
    ure.compile('(,)').split('a,b')
except NotImplementedError:
    print('NotImplementedError')
