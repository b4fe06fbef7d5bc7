# cell: builtins: the built-in names as a module; what is set there needs no import either
# firmware: all
import builtins

print(builtins.__name__, builtins.print is print, builtins.ValueError is ValueError, 'len' in dir(builtins))
builtins.everywhere = 5
print(everywhere)
del builtins.everywhere
try:
    everywhere
except NameError as e:
    print(e)
try:
    builtins.nothing
except AttributeError:
    print('AttributeError')
from builtins import len as length
print(length('abc'))
