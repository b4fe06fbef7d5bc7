# What a failed assert says: the values of its parts, and how two compared things differ. Texts are pytest's.

import _quecpy_test

settings = _quecpy_test.settings()

# --- short forms of values, as `reprlib` makes them ---


def saferepr(value, maxsize=240):
    try:
        text = limited(value, 6, maxsize)
    except Exception as e:
        try:
            shown = repr(e)
        except Exception:
            shown = type(e).__name__
        text = "<[%s raised in repr()] %s object at 0x%x>" % (shown, type(value).__name__, id(value))
    return ellipsized(text, maxsize)


def ellipsized(text, maxsize):
    if maxsize is not None and len(text) > maxsize:
        i = max(0, (maxsize - 3) // 2)
        j = max(0, maxsize - 3 - i)
        return text[:i] + "..." + text[len(text) - j :]
    return text


def limited(value, level, maxsize):
    kind = type(value)
    if kind is list:
        return many(value, level, "[", "]", 6, maxsize)
    if kind is tuple:
        return many(value, level, "(", ")", 6, maxsize, True)
    if kind is set:
        if not value:
            return "set()"
        return many(in_order(value), level, "{", "}", 6, maxsize)
    if kind is dict:
        if not value:
            return "{}"
        if level <= 0:
            return "{...}"
        pieces = []
        for key in value:
            if len(pieces) == 4:
                pieces.append("...")
                break
            pieces.append("%s: %s" % (limited(key, level - 1, maxsize), limited(value[key], level - 1, maxsize)))
        return "{" + ", ".join(pieces) + "}"
    if kind is str:
        text = repr(value[:maxsize] if maxsize is not None else value)
        if maxsize is not None and len(text) > maxsize:
            i = max(0, (maxsize - 3) // 2)
            j = max(0, maxsize - 3 - i)
            text = repr(value[:i] + value[len(value) - j :])
            text = text[:i] + "..." + text[len(text) - j :]
        return text
    if kind is int:
        text = repr(value)
        return text if len(text) <= 40 else text[:18] + "..." + text[-19:]
    return ellipsized(repr(value), maxsize)


def many(values, level, left, right, most, maxsize, is_tuple=False):
    if level <= 0 and values:
        return left + "..." + right
    pieces = [limited(v, level - 1, maxsize) for v in values[:most]]
    if len(values) > most:
        pieces.append("...")
    text = ", ".join(pieces)
    if is_tuple and len(values) == 1:
        right = "," + right
    return left + text + right


def in_order(values):
    values = list(values)
    try:
        return sorted(values)
    except Exception:
        return values


# --- parts of an expression ---


class Frame:
    def __init__(self, site, values, globals, unset):
        self.site = site
        self.values = values
        self.globals = globals
        self.unset = unset

    def slot(self, number):
        return self.values.get("_q%d_%d" % (self.site, number), self.unset)

    def name(self, name):
        # (value, whether it is shown)
        if name in self.values:
            return self.values[name], True
        if name in self.globals:
            value = self.globals[name]
            return value, not callable(value) and not hasattr(value, "__name__")
        return self.unset, False

    def value(self, part):
        if part[0] == "name":
            if part[1] is not None:
                return self.slot(part[1])
            return self.name(part[2])[0]
        return self.unset if part[1] is None else self.slot(part[1])

    def is_there(self, part):
        return self.value(part) is not self.unset


def shown(value):
    # New lines in a repr do not begin lines of the explanation.
    return saferepr(value).replace("\n", "\\n")


def explain_part(part, frame):
    kind = part[0]
    if kind == "source":
        return part[2]
    if kind == "name":
        value, is_shown = frame.name(part[2])
        return shown(value) if is_shown else part[2]
    value = frame.slot(part[1])
    if kind == "call":
        arguments = ", ".join([prefix + explain_part(a, frame) for prefix, a in part[3]])
        result = shown(value)
        return "%s\n{%s = %s(%s)\n}" % (result, result, explain_part(part[2], frame), arguments)
    if kind == "attribute":
        result = shown(value)
        return "%s\n{%s = %s.%s\n}" % (result, result, explain_part(part[2], frame), part[3])
    if kind == "binary":
        return "(%s %s %s)" % (explain_part(part[3], frame), part[2], explain_part(part[4], frame))
    if kind == "unary":
        return part[2] + explain_part(part[3], frame)
    if kind == "bool":
        pieces = []
        for operand in part[3]:
            if not frame.is_there(operand):
                break
            pieces.append(explain_part(operand, frame))
            if truth(frame.value(operand)) != (part[2] == "and"):
                break
        return "(" + (" %s " % part[2]).join(pieces) + ")"
    if kind == "compare":
        return explain_compare(part, frame)
    return shown(value)


def truth(value):
    try:
        return bool(value)
    except Exception:
        return True


def explain_compare(part, frame):
    left, (operator, right) = part[2], part[3][0]
    for index in range(1, len(part[3])):
        # The next was looked at only if this one held.
        if not frame.is_there(part[3][index][1]):
            break
        left, (operator, right) = right, part[3][index]
    a, b = frame.value(left), frame.value(right)
    custom = compare(operator, a, b)
    if custom is not None:
        return custom
    return "%s %s %s" % (operand(left, frame), operator, operand(right, frame))


def operand(part, frame):
    text = explain_part(part, frame)
    return "(%s)" % text if part[0] in ("compare", "bool") and not text.startswith("(") else text


def explain(part, site, values, globals, unset, message):
    frame = Frame(site, values, globals, unset)
    text = "assert " + explain_part(part, frame)
    text = format_explanation(text)
    if message:
        given = message[0]
        given = given if isinstance(given, str) else saferepr(given)
        return given + "\n" + text
    return text


def format_explanation(text):
    raw = text.split("\n")
    lines = [raw[0]]
    for line in raw[1:]:
        if line and line[0] in "{}~>":
            lines.append(line)
        else:
            lines[-1] += "\\n" + line
    result = lines[:1]
    stack, counts = [0], [0]
    for line in lines[1:]:
        if line[0] == "{":
            word = "and   " if counts[-1] else "where "
            stack.append(len(result))
            counts[-1] += 1
            counts.append(0)
            result.append(" +" + "  " * (len(stack) - 1) + word + line[1:])
        elif line[0] == "}":
            stack.pop()
            counts.pop()
            result[stack[-1]] += line[1:]
        else:
            stack[-1] += 1
            indent = len(stack) if line[0] == "~" else len(stack) - 1
            result.append("  " * indent + line[1:])
    return "\n".join(result)


# --- comparisons ---


def compare(operator, left, right):
    try:
        lines = details(operator, left, right)
    except Exception as e:
        lines = ["(representation of details failed: %s)" % type(e).__name__]
    if not lines:
        return None
    maxsize = (80 - 15 - len(operator) - 2) // 2 if settings["verbose"] < 2 else None
    summary = "%s %s %s" % (saferepr(left, maxsize), operator, saferepr(right, maxsize))
    all_lines = [summary] + ([""] if lines[0] != "" else []) + lines
    all_lines = truncated(all_lines)
    return "\n~".join([line.replace("\n", "\\n") for line in all_lines])


def truncated(lines):
    # Eight lines of at most 640 characters, and room for the words that say so.
    if settings["verbose"] >= 2 or settings["in_full"]:
        return lines
    message = "...Full output truncated, use '-vv' to show"
    most, chars = 8, 640
    room = chars + 3 + len(message)
    if len(lines) <= most + 2:
        if sum([len(x) for x in lines]) <= room:
            return lines
        kept = list(lines)
    else:
        kept = lines[:most]
    if sum([len(x) for x in kept]) > room:
        count, short = 0, []
        for line in kept:
            if count + len(line) > chars:
                short.append(line[: chars - count])
                break
            count += len(line)
            short.append(line)
        kept = short
    kept[-1] += "..."
    return kept + ["", message]


def is_iterable(value):
    if isinstance(value, str):
        return False
    try:
        iter(value)
    except Exception:
        return False
    return True


def is_sequence(value):
    return isinstance(value, (list, tuple, bytes, bytearray, range))


def details(operator, left, right):
    from _pytest_raises import Approx

    if operator == "==":
        if isinstance(left, str) and isinstance(right, str):
            return diff_text(left, right)
        lines = []
        if isinstance(right, Approx):
            lines = right._lines(left)
        elif isinstance(left, Approx):
            lines = left._lines(right)
        elif is_sequence(left) and is_sequence(right):
            lines = compare_sequences(left, right)
        elif isinstance(left, set) and isinstance(right, set):
            lines = one_sided("left", left, right) + one_sided("right", right, left)
        elif isinstance(left, dict) and isinstance(right, dict):
            lines = compare_dicts(left, right)
        if is_iterable(left) and is_iterable(right):
            lines = lines + compare_iterables(left, right)
        return lines
    if operator == "not in" and isinstance(left, str) and isinstance(right, str):
        return contained(left, right)
    if isinstance(left, set) and isinstance(right, set):
        if operator == "!=":
            return ["Both sets are equal"]
        if operator in (">", "<") and left == right:
            return ["Both sets are equal"]
        if operator in (">=", ">"):
            return one_sided("right", right, left)
        if operator in ("<=", "<"):
            return one_sided("left", left, right)
    return []


def keep_ends(text):
    lines, start = [], 0
    for i, c in enumerate(text):
        if c == "\n":
            lines.append(text[start : i + 1])
            start = i + 1
    if start < len(text):
        lines.append(text[start:])
    return lines


def diff_text(left, right):
    lines = []
    if settings["verbose"] < 1:
        i = 0
        for i in range(min(len(left), len(right))):
            if left[i] != right[i]:
                break
        if i > 42:
            i -= 10
            lines.append("Skipping %d identical leading characters in diff, use -v to show" % i)
            left, right = left[i:], right[i:]
        if len(left) == len(right):
            for i in range(1, len(left) + 1):
                if left[-i] != right[-i]:
                    break
            if i > 42:
                i -= 10
                lines.append("Skipping %d identical trailing characters in diff, use -v to show" % i)
                left, right = left[:-i], right[:-i]
    if left.isspace() or right.isspace():
        left, right = repr(left), repr(right)
        lines.append("Strings contain only whitespace, escaping them using repr()")
    diff = _quecpy_test.ndiff(keep_ends(right), keep_ends(left))
    joined = "\n".join([line.strip("\n") for line in diff])
    return lines + joined.split("\n") if joined else lines


def contained(term, text):
    index = text.find(term)
    head, tail = text[:index], text[index + len(term) :]
    lines = ["%s is contained here:" % saferepr(term, 42)]
    for line in diff_text(text, head + tail):
        if line.startswith("Skipping") or line.startswith("- "):
            continue
        lines.append("  " + line[2:] if line.startswith("+ ") else line)
    return lines


def compare_sequences(left, right):
    are_bytes = isinstance(left, bytes) and isinstance(right, bytes)
    lines = []
    for i in range(min(len(left), len(right))):
        if left[i] != right[i]:
            a, b = (left[i : i + 1], right[i : i + 1]) if are_bytes else (left[i], right[i])
            lines.append("At index %d diff: %r != %r" % (i, a, b))
            break
    if are_bytes or len(left) == len(right):
        return lines
    side, longer, shorter = ("Left", left, right) if len(left) > len(right) else ("Right", right, left)
    count = len(longer) - len(shorter)
    extra = saferepr(longer[len(shorter)])
    if count == 1:
        lines.append("%s contains one more item: %s" % (side, extra))
    else:
        lines.append("%s contains %d more items, first extra item: %s" % (side, count, extra))
    return lines


def one_sided(side, a, b):
    extra = [x for x in a if x not in b]
    if not extra:
        return []
    return ["Extra items in the %s set:" % side] + [saferepr(x) for x in extra]


def compare_dicts(left, right):
    lines = []
    common = [k for k in left if k in right]
    same = [k for k in common if left[k] == right[k]]
    if same and settings["verbose"] < 2:
        lines.append("Omitting %d identical items, use -vv to show" % len(same))
    elif same:
        lines.append("Common items:")
        lines.extend(pretty(dict([(k, left[k]) for k in same])))
    different = [k for k in common if left[k] != right[k]]
    if different:
        lines.append("Differing items:")
        for k in different:
            lines.append("%s != %s" % (saferepr({k: left[k]}), saferepr({k: right[k]})))
    for side, a, b in (("Left", left, right), ("Right", right, left)):
        extra = [k for k in a if k not in b]
        if extra:
            lines.append("%s contains %d more item%s:" % (side, len(extra), "" if len(extra) == 1 else "s"))
            lines.extend(flat(dict([(k, a[k]) for k in extra])))
    return lines


def flat(value):
    # One line if it fits, as `pprint.pformat`, which sorts the keys.
    try:
        keys = sorted(value)
    except Exception:
        keys = list(value)
    text = "{" + ", ".join(["%r: %r" % (k, value[k]) for k in keys]) + "}"
    if len(text) <= 80:
        return [text]
    lines = ["%r: %r," % (k, value[k]) for k in keys]
    lines[-1] = lines[-1][:-1] + "}"
    return ["{" + lines[0]] + [" " + line for line in lines[1:]]


def compare_iterables(left, right):
    if settings["verbose"] <= 0 and not settings["in_full"]:
        return ["Use -v to get more diff"]
    diff = _quecpy_test.ndiff(pretty(right), pretty(left))
    return ["", "Full diff: (-: missing in left side, +: extra in left side)"] + [line.rstrip() for line in diff]


def pretty(value, indent=0, head="", tail=""):
    # Every element on a line of its own, indented by four.
    pad = " " * indent
    if type(value) is dict:
        if not value:
            return [pad + head + "{}" + tail]
        lines = [pad + head + "{"]
        for key in in_order_of_keys(value):
            lines.extend(pretty(value[key], indent + 4, repr(key) + ": ", ","))
        return lines + [pad + "}" + tail]
    for kind, left, right in ((list, "[", "]"), (tuple, "(", ")"), (set, "{", "}")):
        if type(value) is kind:
            if not value:
                return [pad + head + repr(value) + tail]
            lines = [pad + head + left]
            for element in in_order(value) if kind is set else value:
                lines.extend(pretty(element, indent + 4, "", ","))
            return lines + [pad + right + tail]
    return [pad + head + repr(value) + tail]


def in_order_of_keys(value):
    try:
        return sorted(value)
    except Exception:
        return list(value)
