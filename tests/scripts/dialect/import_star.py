# cell: from x import * of anything: __all__, classes, objects; names with _ stay behind
# firmware: all
import usys


class Settings:
    rate = 9600
    _hidden = 1


usys.modules['settings'] = Settings
from settings import *

print(rate, '_hidden' in globals(), 'Settings' in globals())


class Chosen:
    __all__ = ('_private', 'first')
    first = 1
    second = 2
    _private = 3


usys.modules['chosen'] = Chosen
from chosen import *

print(first, _private, 'second' in globals())
usys.modules['missing'] = type('Missing', (), {'__all__': ['nope']})
usys.modules['number'] = 5
usys.modules['wrong'] = type('Wrong', (), {'__all__': 5})
for name in ('missing', 'number', 'wrong'):
    try:
        exec('from %s import *' % name)
    except (AttributeError, TypeError) as e:
        print(type(e).__name__)
for args in (('',), ('x', None, None, None, -1), ('x', 'globals', None, None, 1), (1,)):
    try:
        __import__(*args)
    except Exception as e:
        print(type(e).__name__)
