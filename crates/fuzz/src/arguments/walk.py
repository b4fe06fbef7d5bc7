# Calls everything that a module has, with arguments that nobody expects. Runs inside a session: the harness puts
# before it
#   MODULE  the module's name, or 'types': the methods of built-in types
#   CHOICES bytes that make the first choices; when they are used up, a generator goes on
#   ROUNDS  calls of each callable
#   OTHERS  names of all modules
#   SKIPPED names that are not called
#   MAKERS  {name of a class: expressions that make an instance}; `m` is the module
# and reads what is printed: '> call', '! finding', '= count'.
#
# Only what every column has is used here: no f-strings, no `vars`.

import usys

_write = usys.stdout.write


class _Random:
    def __init__(self, choices):
        self.choices = choices
        self.at = 0
        self.state = 0x9E3779B97F4A7C15
        for b in choices:
            self.state = ((self.state ^ b) * 0x2545F4914F6CDD1D + 1) & 0xFFFFFFFFFFFFFFFF

    def below(self, n):
        if self.at < len(self.choices):
            self.at += 1
            return self.choices[self.at - 1] % n
        s = self.state
        s ^= s >> 12
        s ^= (s << 25) & 0xFFFFFFFFFFFFFFFF
        s ^= s >> 27
        self.state = s
        return ((s * 0x2545F4914F6CDD1D & 0xFFFFFFFFFFFFFFFF) >> 20) % n

    def one_of(self, things):
        return things[self.below(len(things))]


_random = _Random(CHOICES)

# Objects that lie, raise or call themselves again.

_SPECIALS = ('__len__ __index__ __int__ __float__ __iter__ __next__ __str__ __repr__ __hash__ __eq__ __lt__ __bool__ '
             '__getattr__ __call__ __enter__ __exit__ __getitem__ __setitem__ __delitem__ __contains__ __add__ '
             '__radd__ __neg__ __del__ __get__ __set__ __new__ __init__ __instancecheck__ '
             'read write readinto readline readblocks writeblocks ioctl append open stat mount send recv close '
             'keys items update group start run').split()


def _raises(*a, **k):
    raise ValueError('nasty')


def _stops(*a, **k):
    raise StopIteration


def _depth(f):
    def again(self, *a, **k):
        return f(self)
    return again


_RECURSIVE = {
    '__len__': len, '__index__': lambda o: [1][o], '__int__': int, '__float__': float, '__iter__': iter,
    '__next__': next, '__str__': str, '__repr__': repr, '__hash__': hash, '__eq__': lambda o: o == o,
    '__lt__': lambda o: o < o, '__bool__': bool, '__getattr__': lambda o: o.x, '__call__': lambda o: o(),
    '__getitem__': lambda o: o[0], '__contains__': lambda o: 1 in o, '__add__': lambda o: o + 1, '__neg__': lambda o: -o,
    '__radd__': lambda o: 1 + o, 'read': lambda o: o.read(1), 'write': lambda o: o.write(b'x'),
    'readline': lambda o: o.readline(), 'readinto': lambda o: o.readinto(bytearray(1)), 'ioctl': lambda o: o.ioctl(0, 0),
}

_LIES = (None, -1, 0, 1, 2, 2**31, 2**63, 2**64, 10**30, -10**30, 1.5, float('nan'), 'x', '', b'x', b'', (), [], (1,),
         {}, True, NotImplemented if 'NotImplemented' in dir(__import__('builtins')) else None, int, iter([]), 'a' * 300)


def _liar():
    """An object of a class with one to three special methods that do not do what they should."""
    label = ''
    body = {}
    for _ in range(1 + _random.below(3)):
        name = _random.one_of(_SPECIALS)
        kind = _random.below(4)
        if name in ('__getitem__', '__next__'):
            # Else it would be a sequence without an end, which a module's heap ends.
            kind = 0
        if name == '__new__' or name == '__del__':
            kind = 0 if name == '__del__' else 1
        if kind == 0:
            body[name] = _raises
            label += ' ' + name + ' raises'
        elif kind == 1 or (kind == 2 and name not in _RECURSIVE):
            lie = _random.one_of(_LIES)
            body[name] = _returning(lie)
            label += ' ' + name + '=' + _short(lie)
        elif kind == 2:
            body[name] = _depth(_RECURSIVE[name])
            label += ' ' + name + ' recurses'
        else:
            body[name] = _itself
            label += ' ' + name + '=self'
    return '<obj' + label + '>', body


def _returning(value):
    def returns(*a, **k):
        return value
    return returns


def _itself(self=None, *a, **k):
    return self


def _make_liar():
    label, body = _liar()
    bases = _random.one_of(((), (), (), (), (int,), (str,), (list,), (dict,), (Exception,)))
    try:
        return label, type('N', bases, body)()
    except Exception:
        return label, None


def _generator():
    yield 1
    yield b'a'
    raise ValueError('nasty')


def _nested(make, n):
    value = make(None)
    for _ in range(n):
        value = make(value)
    return value


def _cyclic_list():
    value = [1]
    value.append(value)
    return value


def _cyclic_dict():
    value = {}
    value['a'] = value
    return value


def _recursing(*a, **k):
    return _recursing(*a, **k)


class _Empty:
    pass


def _text(*characters):
    # Where a str holds bytes there are no such characters, and a literal of them is refused.
    try:
        return ''.join([chr(c) for c in characters])
    except ValueError:
        return '\xff'


_INTS = (0, 1, 2, 3, 5, 7, 8, 10, 16, 20, 80, 100, 115200, -1, -2, 127, 128, 255, 256, 1000, 32767, 32768, 65535, 65536,
         2**31 - 1, 2**31, -2**31, 2**32 - 1, 2**32, 2**53, 2**63 - 1, 2**63, -2**63, 2**64 - 1, 2**64, 10**30, -10**30,
         True, False)
_FLOATS = (0.0, -0.0, 0.5, 1.0, -1.5, 1e-320, 1e300, -1e300, 3.4e38, 1e39, float('nan'), float('inf'), float('-inf'), 2.0**53,
           9.3e18)
_TEXTS = ('', 'a', 'abc', '0', '1', '-1', '1.5', 'x y', '\x00', 'a\x00b', '\n', '\r\n', '%', '%s%d%n', '{}', '{0.__class__}', '/',
          '//', '/usr', '/usr/f', '/usr/f.txt', '/usr/d/f', 'f', '..', '../..', '/usr/../bak', 'a' * 255, 'a' * 256, 'a' * 5000,
          '/usr/' + 'b' * 300, '\xe4', _text(0xe4, 0x4f60), _text(0x1f600), '127.0.0.1', '0.0.0.0', '::1', '999.1.1.1', 'www.example.com',
          'http://www.example.com/', 'https://a', 'ws://a/', 'a/b/#', '+8613000000000', '12345678', 'AT', 'AT+CSQ',
          '866327040830317', 'r', 'rb', 'w', 'w+b', 'a', 'x', 'utf-8', 'ascii', 'b', '>I', '<2H3s', '@bIq', '99999999s', 'rows',
          '(a)(b)?', '[a-z]+', '(', '((((((((((a))))))))))*', 'a{2}', '\\', '[', '{"a": [1, 2.5, null]}', '[[[[', '"\\ud800"',
          '1+1', 'print', 'import usys', 'def f(:', '0011000D91683106', '00:11:22:33:44:55', '3gnet', _text(0xd800), 'a' + _text(0xdfff))
_BYTES = (b'', b'a', b'abc', b'\x00', b'\xff', b'\xff' * 16, b'0' * 16, b'0' * 32, bytes(range(256)), b'a' * 5000, b'\r\n', b'AT\r',
          b'12345', b'{"a": 1}', b'x\x9cK\x04\x00\x00b\x00b', b'\x1f\x8b\x08\x00', b'-----BEGIN CERTIFICATE-----\nAA==\n', b'/usr',
          b'>I', b'(a)', b'\xe4\xbd\xa0', b'r')


def _big_list():
    return [0] * 70000


_MADE = (
    ('bytearray', lambda: bytearray(b'abcdefgh')), ('bytearray()', lambda: bytearray()),
    ('bytearray(70000)', lambda: bytearray(70000)), ('memoryview', lambda: memoryview(bytearray(b'12345678'))),
    ('memoryview(b)', lambda: memoryview(b'123')), ('memoryview[::2]', lambda: memoryview(bytearray(8))[::2]),
    ('[]', lambda: []), ('[1,2]', lambda: [1, 2]), ('[str]', lambda: ['a', 'b']), ('big list', _big_list),
    ('big tuple', lambda: tuple(range(1000))), ('()', lambda: ()), ('(1,)', lambda: (1,)),
    ('addr', lambda: ('127.0.0.1', 80)), ('addr 0', lambda: ('0.0.0.0', 0)), ('addr bad', lambda: ('a', -1)),
    ('addr big', lambda: ('127.0.0.1', 2**64)), ('addr 5', lambda: (1, 2, 3, 4, 5)), ('date', lambda: (2024, 2, 30, 25, 61, 61, 8, 400)),
    ('date2', lambda: (2024, 2, 28, 2, 6, 6, 0, 0)), ('date3', lambda: (2**40, -5, 10**12, 0, 0, 0, 0, 0)),
    ('nested list', lambda: _nested(lambda v: [v], 150)), ('deep list', lambda: _nested(lambda v: [v], 2000)),
    ('deep tuple', lambda: _nested(lambda v: (v,), 2000)), ('deep dict', lambda: _nested(lambda v: {1: v}, 2000)),
    ('cyclic list', _cyclic_list), ('cyclic dict', _cyclic_dict), ('{}', lambda: {}), ('{a:1}', lambda: {'a': 1}),
    ('{1:nan}', lambda: {1: float('nan'), None: b'x', (1, 2): 'y'}), ('set', lambda: set((1, 'a'))), ('object', lambda: object()),
    ('lambda', lambda: lambda *a, **k: None), ('lambda 1', lambda: lambda x: x), ('raises', lambda: _raises),
    ('recursing', lambda: _recursing), ('stops', lambda: _stops), ('generator', _generator),
    ('iter', lambda: iter([1, 2, 3])), ('range', lambda: range(1000)), ('slice', lambda: slice(None, 2**70, -1)),
    ('int', lambda: int), ('type', lambda: type), ('str', lambda: str), ('Exception', lambda: Exception),
    ('ValueError()', lambda: ValueError(1, 'a')), ('SystemExit()', lambda: SystemExit(3)), ('_Empty', lambda: _Empty),
    ('_Empty()', lambda: _Empty()), ('len', lambda: len), ('bound', lambda: [].append), ('...', lambda: ...),
    ('complex', lambda: 1j), ('huge int', lambda: 1 << 5000), ('None', lambda: None), ('zip', lambda: zip([1], [2])),
    ('map raises', lambda: map(_raises, [1])), ('array', lambda: __import__('array').array('h', [1, 2])),
)

_RESULTS = []
_CONSTANTS = []
_SEEN_TYPES = set()
_COUNT = [0, 0]


def _short(value):
    try:
        text = repr(value)
    except BaseException:
        return '<?>'
    return text if len(text) < 40 else text[:36] + '...'


def _argument():
    """What an argument is called, and the argument."""
    kind = _random.below(20)
    if kind < 5:
        value = _random.one_of(_INTS)
    elif kind < 6:
        value = _random.one_of(_FLOATS)
    elif kind < 9:
        value = _random.one_of(_TEXTS)
    elif kind < 11:
        value = _random.one_of(_BYTES)
    elif kind < 14:
        label, make = _random.one_of(_MADE)
        return label, make()
    elif kind < 16 and _CONSTANTS:
        value = _random.one_of(_CONSTANTS)
    elif kind < 18 and _RESULTS:
        label, value = _random.one_of(_RESULTS)
        return label, value
    elif kind < 19:
        return _make_liar()
    else:
        value = None
    return _short(value), value


_KEYWORDS = ('timeout', 'block', 'key', 'default', 'reverse', 'period', 'mode', 'callback', 'sep', 'end', 'file', 'data', 'json',
             'headers', 'x', 'self', 'args', '', 'port', 'ssl', 'server_hostname', 'value', 'encoding', 'separators')


def _finding(what, call, detail):
    _COUNT[1] += 1
    _write('! ' + what + ': ' + detail + ' <- ' + call + '\n')


def _text_of(e):
    text = type(e).__name__
    try:
        for a in e.args:
            if isinstance(a, str):
                text += ' ' + a
            else:
                text += ' ' + _short(a)
    except BaseException:
        pass
    try:
        text += ' | ' + str(e)
    except BaseException as f:
        text += ' | str: ' + type(f).__name__
    return text.replace('\n', '\\n')


def _visible(text):
    out = ''
    for c in text[:600]:
        out += c if ' ' <= c <= '~' else '?'
    return out


def call(label, function, depth=0):
    """Calls it with what chance gives."""
    args, words, labels = [], {}, []
    for _ in range(_random.below(7)):
        name, value = _argument()
        labels.append(name)
        args.append(value)
    if _random.below(8) == 0:
        for _ in range(1 + _random.below(2)):
            word = _random.one_of(_KEYWORDS)
            name, value = _argument()
            words[word] = value
            labels.append(word + '=' + name)
    shown = _visible(label + '(' + ', '.join(labels) + ')')
    _COUNT[0] += 1
    _write('> ' + shown + '\n')
    result = None
    try:
        result = function(*args, **words)
        kind = type(result).__name__
        if _random.below(4) == 0 and not isinstance(result, int):
            repr(result)
    except BaseException as e:
        _write('< ' + _visible(_text_of(e)) + '\n')
        return
    finally:
        args = words = None
    keep(label, result, depth)


def keep(label, result, depth):
    """Uses what came out as an argument, and walks through its methods if its type is a new one."""
    if result is None or isinstance(result, (bool, int, float, str, bytes, type)) or callable(result) and depth:
        return
    try:
        kind = type(result)
        name = kind.__name__
    except BaseException:
        return
    if name in ('module', 'dict', 'list', 'tuple', 'N', 'type', 'generator', '_Empty', '_Random'):
        return
    if len(_RESULTS) < 12:
        _RESULTS.append((label + '()', result))
    elif _random.below(3) == 0:
        _RESULTS[_random.below(12)] = (label + '()', result)
    if name not in _SEEN_TYPES and depth < 3:
        _SEEN_TYPES.add(name)
        methods(label + '()', lambda: result, depth + 1)


def skipped(label):
    if label.split('.')[-1].split('/')[-1] in SKIPPED:
        return True
    return label in SKIPPED or label.split('.')[-1] in ('__class__', '__dict__', '__globals__', '__subclasses__', '__bases__')


def methods(label, make, depth):
    """Calls what an instance has; `make` makes the next one."""
    try:
        names = dir(make())
    except BaseException:
        return
    for name in names:
        inner = label + '.' + name
        # What is private to an object written in Python keeps it whole: a lock that is taken is never given back.
        if skipped(inner) or name[0] == '_' and name[:2] != '__':
            continue
        for _ in range(ROUNDS):
            try:
                function = getattr(make(), name)
            except BaseException as e:
                _write('< ' + _visible(inner + ' ' + _text_of(e)) + '\n')
                break
            if not callable(function):
                keep(inner, function, depth)
                break
            call(inner, function, depth)


def klass(label, value, depth):
    makers = MAKERS.get(label, ())
    for _ in range(ROUNDS):
        call(label, value, depth)
    made = []
    for maker in makers:
        made.append(_maker(maker))
    if not makers:
        made.append(value)
    for make in made:
        try:
            make()
        except BaseException as e:
            if makers:
                _finding('maker', label, _visible(_text_of(e)))
            continue
        _SEEN_TYPES.add(type(make()).__name__)
        methods(label, make, depth + 1)
    try:
        names = dir(value)
    except BaseException:
        return
    for name in names:
        if skipped(label + '.' + name) or name == 'mro':
            continue
        try:
            member = getattr(value, name)
        except BaseException:
            continue
        if callable(member):
            for _ in range(ROUNDS):
                call(label + '/' + name, member, depth)
        elif isinstance(member, (int, str)):
            _CONSTANTS.append(member)


def _maker(text):
    names = {'m': _module, 'IN': __import__}
    return lambda: eval(text, names)


def walk(label, owner, depth=0):
    names = dir(owner)
    for name in names:
        try:
            value = getattr(owner, name)
        except BaseException:
            continue
        if isinstance(value, (int, float, str, bytes)):
            _CONSTANTS.append(value)
    for name in names:
        inner = label + '.' + name
        # What is private to an object written in Python keeps it whole: a lock that is taken is never given back.
        if skipped(inner) or name[0] == '_' and name[:2] != '__':
            continue
        try:
            value = getattr(owner, name)
        except BaseException as e:
            _write('< ' + _visible(inner + ' ' + _text_of(e)) + '\n')
            continue
        if isinstance(value, type):
            klass(inner, value, depth)
        elif callable(value):
            for _ in range(ROUNDS):
                call(inner, value, depth)
        elif type(value) is type(usys):
            # Those of the registry are walked through on their own.
            if depth < 2 and name not in OTHERS and not name.startswith('__'):
                walk(inner, value, depth + 1)
        else:
            keep(inner, value, depth)


_INSTANCES = {
    'int': lambda: 5, 'bigint': lambda: 1 << 200, 'float': lambda: 1.5, 'complex': lambda: 1 + 2j, 'bool': lambda: True,
    'str': lambda: 'a b%s{}', 'longstr': lambda: 'ab,' * 2000, 'surrogate': lambda: 'a' + _text(0xd800), 'bytes': lambda: b'a b\xff',
    'bytearray': lambda: bytearray(b'abc'), 'memoryview': lambda: memoryview(bytearray(b'abcd')), 'list': lambda: [3, 1, 2],
    'tuple': lambda: (1, 2, 1), 'dict': lambda: {1: 2, 'a': []}, 'set': lambda: set((1, 2)), 'frozenset': lambda: frozenset((1, 2)),
    'range': lambda: range(5), 'slice': lambda: slice(1, 5, 2), 'object': lambda: object(), 'NoneType': lambda: None,
    'function': lambda: (lambda a, b=1: a), 'generator': _generator, 'method': lambda: [].append, 'bound': lambda: _Random(b'').below,
    'exception': lambda: ValueError(1), 'oserror': lambda: OSError(5), 'stop': lambda: StopIteration(1), 'map': lambda: map(len, ['a']),
    'zip': lambda: zip([1]), 'filter': lambda: filter(None, [1]), 'enumerate': lambda: enumerate([1]),
    'reversed': lambda: reversed([1]), 'iter': lambda: iter([1]), 'striter': lambda: iter('ab'), 'dictiter': lambda: iter({1: 2}),
    'items': lambda: {1: 2}.items(), 'keys': lambda: {1: 2}.keys(), 'values': lambda: {1: 2}.values(), 'calliter': lambda: iter(int, 0),
    'ellipsis': lambda: ..., 'property': lambda: property(len), 'staticmethod': lambda: staticmethod(len),
    'classmethod': lambda: classmethod(len), 'super': lambda: super(_Random, _random), 'instance': lambda: _Empty(),
}

if MODULE == 'types':
    _module = None
    for _name in sorted(_INSTANCES):
        _make = _INSTANCES[_name]
        methods(_name, _make, 1)
else:
    try:
        _module = __import__(MODULE)
    except Exception as _e:
        _module = None
        _write('< import ' + _visible(_text_of(_e)) + '\n')
    if isinstance(_module, type):
        klass(MODULE, _module, 0)
    elif _module is not None:
        walk(MODULE, _module)
_write('= ' + str(_COUNT[0]) + '\n')
