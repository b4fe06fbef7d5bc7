# ucollections: namedtuple, OrderedDict and deque. Source: the module contract, std, ucollections.
import _quecpy_firmware
import _thread


def namedtuple(name, fields):
    names = fields.split() if isinstance(fields, str) else list(fields)

    def new(cls, *args, **kwargs):
        return tuple.__new__(cls, _values(names, args, kwargs))

    def show(self):
        pairs = ['%s=%r' % (field, self[i]) for i, field in enumerate(names)]
        return '%s(%s)' % (name, ', '.join(pairs))

    members = {'__slots__': (), '__new__': new, '__repr__': show}
    for i, field in enumerate(names):
        members[field] = _field(i)
    return type(name, (tuple,), members)


def _field(i):
    return property(lambda self: self[i])


def _values(names, args, kwargs):
    given = len(args) + len(kwargs)
    if given != len(names):
        raise TypeError('function takes %d positional arguments but %d were given' % (len(names), given))
    values = list(args)
    for name in names[len(args):]:
        if name not in kwargs:
            wrong = [k for k in kwargs if k not in names[len(args):]]
            raise TypeError("unexpected keyword argument '%s'" % wrong[0])
        values.append(kwargs[name])
    return values


class OrderedDict(dict):
    """This VM's dict keeps the order of insertion by itself."""

    def __repr__(self):
        return 'OrderedDict(%r)' % (dict(self),)

    def __eq__(self, other):
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict(self) == other

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def copy(self):
        return OrderedDict(self)


class deque:
    """At most maxlen items. Locked: on a module each call is one step, and scripts hand things over by it."""

    def __init__(self, iterable, maxlen, flags=0):
        if not isinstance(maxlen, int):
            raise TypeError("can't convert %s to int" % type(maxlen).__name__)
        if maxlen < 0 or not _quecpy_firmware.full_deque and iterable != ():
            raise ValueError()
        self._items = []
        self._maxlen = maxlen
        self._checks = flags & 1
        self._guard = _thread.allocate_lock()
        for item in iterable:
            self.append(item)

    def append(self, item):
        with self._guard:
            if self._fits(0):
                self._items.append(item)

    def appendleft(self, item):
        with self._guard:
            if self._fits(-1):
                self._items.insert(0, item)

    def _fits(self, oldest):
        """Makes room by dropping an item. False where not even one item fits."""
        if len(self._items) < self._maxlen:
            return True
        if self._checks:
            raise IndexError('full')
        if self._items:
            self._items.pop(oldest)
        return self._maxlen > 0

    def extend(self, iterable):
        for item in iterable:
            self.append(item)

    def popleft(self):
        return self._take(0)

    def pop(self):
        return self._take(-1)

    def _take(self, index):
        with self._guard:
            if not self._items:
                raise IndexError('empty')
            return self._items.pop(index)

    def __len__(self):
        return len(self._items)

    def __bool__(self):
        return bool(self._items)

    def __iter__(self):
        with self._guard:
            return iter(list(self._items))

    def __getitem__(self, index):
        with self._guard:
            return self._items[self._place(index)]

    def __setitem__(self, index, item):
        with self._guard:
            self._items[self._place(index)] = item

    def __delitem__(self, _index):
        raise TypeError("'deque' object doesn't support item deletion")

    def __repr__(self):
        return '<deque>'

    def _place(self, index):
        if not isinstance(index, int):
            raise TypeError('deque indices must be integers, not %s' % type(index).__name__)
        if not -len(self._items) <= index < len(self._items):
            raise IndexError('deque index out of range')
        return index


if not _quecpy_firmware.full_deque:
    # What came later.
    for _name in ('pop', 'appendleft', 'extend', '__iter__', '__getitem__', '__setitem__'):
        delattr(deque, _name)
