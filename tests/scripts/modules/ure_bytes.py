# cell: ure works on bytes: half a character is no text
# firmware: documented 2021 2025 micropython
import ure

print(ure.match('é+', 'é').group(0) == 'é', ure.match('..', 'é').group(0) == 'é')
try:
    print(ure.match('.', 'é').group(0).encode())
except UnicodeError:
    print('UnicodeError')
print(ure.match('.', b'\xff').group(0), ure.match(b'[\x80-\xff]+', b'\x80\xff').group(0))
# Long texts, and repetition of what may be empty, are no danger.
print(len(ure.match('(a|b)*', 'ab' * 50000).group(0)), ure.match('(a*)*', 'b').group(0) == '')
