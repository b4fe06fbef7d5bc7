# cell: ure.match, search, compile; group by number only; str and bytes
# firmware: documented 2021 2025 micropython
import ure

print(ure.match('b', 'ab'), ure.search('b', 'ab').group(0), ure.search('^b', 'ab'), ure.search('b$', 'ab').group(0))
print(ure.search(b'b+', b'abb').group(0), ure.search('b', b'ab').group(0), ure.search(b'b', 'ab').group(0))
word = ure.compile(r'(\w+)=(\w*)')
match = word.search('  key=value;')
print(match, match.group(0), match.group(1), match.group(2))
print(word.match('  key=value'), word.match('k=').group(2) == '')
print(ure.match(word, 'k=v').group(2), ure.compile('(a)|b').match('b').group(1))
for number in (3, -1):
    try:
        match.group(number)
    except IndexError as e:
        print('IndexError', e.args)
for wrong in ('key', None):
    try:
        match.group(wrong)
    except TypeError:
        print('TypeError')
try:
    match.group()
except TypeError:
    print('TypeError')
for call in (lambda: ure.match('a', 5), lambda: ure.match(5, 'a'), lambda: ure.compile(5)):
    try:
        call()
    except TypeError as e:
        print(e)
print([hasattr(match, name) for name in ('groups', 'span', 'start', 'end')])
print([hasattr(ure, name) for name in ('split', 'findall', 'fullmatch', 'finditer', 'escape', 'IGNORECASE')])
