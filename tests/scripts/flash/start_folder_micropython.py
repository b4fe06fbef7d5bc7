# cell: the current folder when a script starts, of MicroPython's own port
# firmware: micropython
# options: --ephemeral
import uos
import usys
import beside
from usr import beside as same

print(uos.getcwd(), usys.path, __file__.rsplit('/', 1)[-1], open('beside.py').read(1), beside.__file__, same.__file__)
with open('new', 'w') as f:
    f.write('x')
print(uos.stat('/usr/new')[6])
