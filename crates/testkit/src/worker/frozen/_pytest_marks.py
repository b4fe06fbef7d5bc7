# Marks, parameter sets and ids.


class _NotSet:
    def __repr__(self):
        return "<NOTSET>"


NOTSET = _NotSet()
HIDDEN_PARAM = _NotSet()


class Mark:
    def __init__(self, name, args, kwargs):
        self.name = name
        self.args = args
        self.kwargs = kwargs

    def __repr__(self):
        return "Mark(name=%r, args=%r, kwargs=%r)" % (self.name, self.args, self.kwargs)


class MarkDecorator:
    def __init__(self, mark):
        self.mark = mark

    @property
    def name(self):
        return self.mark.name

    @property
    def args(self):
        return self.mark.args

    @property
    def kwargs(self):
        return self.mark.kwargs

    def __repr__(self):
        return "<MarkDecorator %r>" % (self.mark,)

    def with_args(self, *args, **kwargs):
        merged = dict(self.mark.kwargs)
        merged.update(kwargs)
        return MarkDecorator(Mark(self.mark.name, self.mark.args + args, merged))

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs:
            target = args[0]
            if isinstance(target, type) or is_function(target):
                store(target, self.mark)
                return target
        return self.with_args(*args, **kwargs)


def is_function(value):
    return callable(value) and getattr(value, "__name__", "<lambda>") != "<lambda>"


def own_marks(target):
    marks = target.__dict__.get("pytestmark", []) if isinstance(target, type) else getattr(target, "pytestmark", [])
    if not isinstance(marks, (list, tuple)):
        marks = [marks]
    return [m.mark if isinstance(m, MarkDecorator) else m for m in marks]


def class_marks(cls, ancestry):
    found = []
    for base in ancestry:
        marks = base.__dict__.get("pytestmark", [])
        if not isinstance(marks, (list, tuple)):
            marks = [marks]
        found.extend([m.mark if isinstance(m, MarkDecorator) else m for m in marks])
    return found


def store(target, mark):
    # A new list, so that a class that inherits one does not change its parent's.
    target.pytestmark = own_marks(target) + [mark]


class MarkGenerator:
    def __getattr__(self, name):
        if name[0] == "_":
            raise AttributeError("Marker name must NOT start with underscore")
        return MarkDecorator(Mark(name, (), {}))


mark = MarkGenerator()


class ParameterSet:
    def __init__(self, values, marks, id):
        self.values = values
        self.marks = marks
        self.id = id

    def __eq__(self, other):
        return isinstance(other, ParameterSet) and self.values == other.values and self.id == other.id


def param(*values, marks=(), id=None):
    if isinstance(marks, (MarkDecorator, Mark)):
        marks = (marks,)
    return ParameterSet(values, [m.mark if isinstance(m, MarkDecorator) else m for m in marks], id)


def parameter_sets(argnames, argvalues):
    # `argnames` may be a text or names; one name alone takes its values as they are.
    if isinstance(argnames, str):
        argnames = [n.strip() for n in argnames.split(",") if n.strip()]
        alone = len(argnames) == 1
    else:
        argnames = list(argnames)
        alone = False
    sets = []
    for value in argvalues:
        if isinstance(value, ParameterSet):
            sets.append(value)
        elif alone:
            sets.append(ParameterSet((value,), [], None))
        else:
            sets.append(ParameterSet(tuple(value), [], None))
    return argnames, sets


def escaped(text):
    out = ""
    for c in text:
        n = ord(c)
        if c == "\\":
            out += c
        elif c == "\n":
            out += "\\n"
        elif c == "\r":
            out += "\\r"
        elif c == "\t":
            out += "\\t"
        elif 32 <= n < 127:
            out += c
        elif n < 256:
            out += "\\x%02x" % n
        elif n < 65536:
            out += "\\u%04x" % n
        else:
            out += "\\U%08x" % n
    return out


def escaped_bytes(data):
    out = ""
    for n in data:
        out += chr(n) if 32 <= n < 127 and n != 92 else {9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\"}.get(n, "\\x%02x" % n)
    return out


def id_of(value, argname, index, function):
    if function is not None:
        made = function(value)
        if made is not None:
            value = made
            text = simple_id(value)
            return text if text is not None else "%s%d" % (argname, index)
    text = simple_id(value)
    if text is not None:
        return text
    return "%s%d" % (argname, index)


def simple_id(value):
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, bytes):
        return escaped_bytes(value)
    if value is None or isinstance(value, (bool, int, float, complex)):
        return str(value)
    if value is NOTSET:
        return None
    name = getattr(value, "__name__", None)
    if isinstance(name, str):
        return name
    return None


def make_ids(argnames, sets, ids):
    function = ids if callable(ids) else None
    given = None if ids is None or callable(ids) else list(ids)
    if given is not None and len(given) != len(sets):
        raise ValueError("%d parameter sets specified, with different number of ids: %d" % (len(sets), len(given)))
    made = []
    for index, one in enumerate(sets):
        if one.id is not None:
            made.append("" if one.id is HIDDEN_PARAM else escaped(str(one.id)))
        elif given is not None and given[index] is not None:
            text = simple_id(given[index])
            if text is None:
                raise ValueError(
                    "ids contains unsupported value %r (type: %r) at index %d" % (given[index], type(given[index]), index)
                )
            made.append(text)
        else:
            parts = [id_of(value, name, index, function) for value, name in zip(one.values, argnames)]
            made.append("-".join(parts))
    return unique(made)


def unique(ids):
    counts = {}
    for one in ids:
        counts[one] = counts.get(one, 0) + 1
    if all([n == 1 for n in counts.values()]):
        return ids
    taken = dict.fromkeys(ids)
    suffixes = {}
    out = []
    for one in ids:
        if counts[one] == 1:
            out.append(one)
            continue
        joint = "_" if one and one[-1].isdigit() else ""
        number = suffixes.get(one, 0)
        new = "%s%s%d" % (one, joint, number)
        while new in taken:
            number += 1
            new = "%s%s%d" % (one, joint, number)
        suffixes[one] = number + 1
        taken[new] = None
        out.append(new)
    return out
