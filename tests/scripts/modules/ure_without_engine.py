# cell: ure of generation 3 (published): only looks for the pattern, True or None
# firmware: 2026
import ure

print(ure.search('b', 'abc'), ure.match('b', 'abc'), ure.search('x', 'abc'), ure.search('b+', 'abbc'))
print(ure.compile('b').search(b'abc'), ure.search('', 'abc'))
