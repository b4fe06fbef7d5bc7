# cell: ure: a compiled pattern takes where to start and to end; generation 1 ignores it
# firmware: 2021 2025 micropython
import ure

a = ure.compile('a.')
for arguments in (('xaab', 1), ('xaab', 1, 2), ('xaab', 9), ('aab', -3), ('\u00e9\u00e9ab', 2)):
    match = a.match(*arguments)
    print(match and match.group(0))
print(ure.compile('^a').search('xa', 1), ure.compile('a$').search('aab', 0, 2) is not None)
