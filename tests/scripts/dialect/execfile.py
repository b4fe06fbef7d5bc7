# cell: execfile runs a file in the caller's globals
# firmware: all
# options: --ephemeral
with open('/usr/part.py', 'w') as f:
    f.write('if 1:\n\tpart = 1\n        both = part + 1\n')
execfile('/usr/part.py')
print(part, both)
names = {}
execfile('/usr/part.py', names)
print(names['both'])
try:
    execfile('/usr/none.py')
except OSError as e:
    print(type(e).__name__)
with open('/usr/part.py', 'w') as f:
    f.write('x = = 1\n')
try:
    execfile('/usr/part.py')
except SyntaxError as e:
    print(e)
