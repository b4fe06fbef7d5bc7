# options: --ephemeral
import example

with open('/usr/part.py', 'w') as f:
    f.write('shared = seen + 1\nprint(__name__, shared)\n')
with open('/usr/bad.py', 'w') as f:
    f.write('x = 1\nraise ValueError("no")\n')
with open('/usr/wrong.py', 'w') as f:
    f.write('x = = 1\n')
seen = 41
print(example.exec('/usr/part.py'), shared)
# The leading slash may be left out.
print(example.exec('usr/part.py'))
print(example.exec('/usr/bad.py'), x)
print(example.exec('/usr/wrong.py'))
try:
    example.exec('/usr/none.py')
except OSError as e:
    print(e.args)
