# How failures are shown: pytest's long and short forms.

import _quecpy_test
from _pytest_explain import saferepr
from _pytest_fixtures import LookupFailed
from _pytest_outcomes import OutcomeException, Skipped, Failed, Exit

WIDTH = 80
OURS = ("_pytest_", "pytest.py", "<frozen")


def exception_only(e, tryshort=False):
    kind = type(e)
    name = kind.__name__
    module = getattr(kind, "__module__", "builtins")
    if isinstance(e, (OutcomeException, Exit)) or module in ("builtins", "__main__", None):
        module = ""
    if isinstance(e, SyntaxError):
        return "\n".join(syntax_lines(e))
    try:
        text = str(e)
    except Exception:
        text = "<exception str() failed>"
    if tryshort and isinstance(e, AssertionError) and text.startswith("assert "):
        # The class is left out where the text begins as its repr with single quotes would.
        if not ("'" in text and '"' not in text):
            return text.rstrip()
    if kind is AssertionError and isinstance(e.args[0] if e.args else None, str):
        text = e.args[0]
    name = "%s.%s" % (module, name) if module else name
    return ("%s: %s" % (name, text) if text else name).rstrip()


def syntax_lines(e):
    path, line = getattr(e, "filename", None), getattr(e, "lineno", None)
    message = str(e.args[0]) if e.args else ""
    lines = []
    if path is not None and line is not None:
        lines.append('  File "%s", line %s' % (path, line))
        source = _quecpy_test.source(str(path))
        if source is not None and 0 < line <= len(source):
            lines.append("    " + source[line - 1].strip())
    lines.append("SyntaxError: " + message)
    return lines


def is_ours(path):
    for start in OURS:
        if start in path:
            return True
    return False


def entries_of(e, path=None):
    # What of the traceback is the author's; from the first of `path` on, if there is one.
    entries = [x for x in _quecpy_test.traceback(e) if not is_ours(x[0]) and not x[5]]
    if path is not None:
        for index, entry in enumerate(entries):
            if entry[0] == path:
                return entries[index:]
    return entries


class Text:
    def __init__(self):
        self.lines = []

    def line(self, text=""):
        self.lines.append(text)

    def text(self):
        return "\n".join(self.lines)


def failure(e, path, style, show_locals=False):
    # (text, message, path, line) of an exception.
    if isinstance(e, Failed) and not e.pytrace:
        return (str(e.msg), exception_only(e, True), "", 0)
    if isinstance(e, LookupFailed):
        return lookup_failure(e)
    out = Text()
    chain = []
    seen = []
    current, description = e, None
    while current is not None and id(current) not in seen:
        seen.append(id(current))
        chain.insert(0, (current, description))
        cause = _quecpy_test.cause(current)
        if cause is None:
            break
        current = cause[0]
        description = (
            "The above exception was the direct cause of the following exception:"
            if cause[1]
            else "During handling of the above exception, another exception occurred:"
        )
    for index, (one, _) in enumerate(chain):
        one_traceback(out, one, path, style)
        if index + 1 < len(chain):
            out.line()
            out.line(chain[index][1] or "")
    entries = entries_of(e, path)
    last = entries[-1] if entries else ("", 0, "", 0, [])
    return (out.text(), exception_only(e, True), last[0], last[1])


def one_traceback(out, e, path, style):
    entries = entries_of(e, path)
    if style == "line":
        where = "%s:%d: " % (entries[-1][0], entries[-1][1]) if entries else ""
        out.line(where + exception_only(e, True).split("\n")[0])
        return
    if style == "no":
        return
    if style == "native":
        out.line("Traceback (most recent call last):")
        for entry in entries:
            out.line('  File "%s", line %d, in %s' % (entry[0], entry[1], entry[2]))
            source = _quecpy_test.source(entry[0])
            if source is not None and 0 < entry[1] <= len(source):
                out.line("    " + source[entry[1] - 1].strip())
        out.line(exception_only(e))
        return
    if not entries:
        for line in exception_only(e, True).split("\n"):
            out.line("E   " + line)
        return
    styles = []
    for index in range(len(entries)):
        ends = index == 0 or index == len(entries) - 1
        styles.append("long" if style == "long" or (style == "auto" and ends) else "short")
    if len(entries) > 40:
        entries, styles = entries[:10] + entries[-10:], styles[:10] + styles[-10:]
    if isinstance(e, AssertionError):
        # An assert over several lines fails where it begins.
        last = entries[-1]
        source = _quecpy_test.source(last[0])
        begin = _quecpy_test.statement(last[0], last[1])[0]
        if source is not None and 0 < begin <= len(source) and source[begin - 1].lstrip().startswith("assert"):
            entries[-1] = (last[0], begin, last[2], last[3], last[4], False)
    for index, entry in enumerate(entries):
        last = index == len(entries) - 1
        if styles[index] == "long":
            out.line()
            long_entry(out, entry, e if last else None)
            if not last:
                out.line("_ " * (WIDTH // 2))
        else:
            short_entry(out, entry, e if last else None)
            if not last and styles[index + 1] == "long":
                out.line("_ " * (WIDTH // 2))


def indent_of(line):
    return len(line) - len(line.lstrip())


def long_entry(out, entry, e):
    path, line, name, first, arguments = entry[0], entry[1], entry[2], entry[3], entry[4]
    if arguments:
        row = ""
        for argument, value in arguments:
            text = "%s = %s" % (argument, saferepr(value))
            if len(text) + len(row) + 2 > WIDTH:
                if row:
                    out.line(row)
                row = text
            elif row:
                row += ", " + text
            else:
                row = text
        if row:
            out.line(row)
        out.line()
    source = _quecpy_test.source(path)
    indent = 4
    if source is None or not 0 < line <= len(source):
        out.line(">   ???")
    else:
        begin, end = _quecpy_test.statement(path, line)
        first = begin if name == "<module>" else max(1, min(first, line))
        shown = source[first - 1 : max(end, line)]
        shown = [x.replace("\t", "        ") for x in shown]
        least = min([indent_of(x) for x in shown if x.strip()] or [0])
        shown = [x[least:] if x.strip() else "" for x in shown]
        for number, text in enumerate(shown):
            mark = ">   " if first + number == line else "    "
            out.line((mark + text) if text or mark[0] == ">" else mark)
        begins = [x for n, x in enumerate(shown) if first + n == begin] or [shown[-1]]
        indent = 4 + indent_of(begins[0])
    if e is not None:
        for text in exception_only(e, True).split("\n"):
            out.line("E" + " " * (indent - 1) + text)
    if out.lines:
        out.line()
    out.line("%s:%d: %s" % (path, line, type(e).__name__ if e is not None else ""))


def short_entry(out, entry, e):
    path, line, name = entry[0], entry[1], entry[2]
    out.line("%s:%d: in %s" % (path, line, name))
    source = _quecpy_test.source(path)
    out.line("    " + (source[line - 1].strip() if source is not None and 0 < line <= len(source) else "???"))
    if e is not None:
        for text in exception_only(e, True).split("\n"):
            out.line("E   " + text)


def lookup_failure(e):
    request = e.request
    item = request._item
    out = Text()
    where = getattr(item, "file", "")
    line = item.line
    definition = request._definition_of
    if definition is not None and ":" in definition.where:
        where, line = definition.where.rsplit(":", 1)
        line = int(line)
    out.line("file %s, line %d" % (where, line))
    source = _quecpy_test.source(where)
    if source is not None:
        for text in source[line - 1 :]:
            out.line("  " + text.rstrip())
            if text.lstrip().startswith("def"):
                break
    if e.message is not None:
        out.line("E       " + e.message)
    else:
        out.line("E       fixture '%s' not found" % e.name)
        names = sorted([n for n in item.manager.by_name if item.manager.definitions(n, item.nodeid) and n[0] != "_"])
        out.line(">       available fixtures: " + ", ".join(names))
        out.line(">       use 'quecpy test --fixtures [testpath]' for help on them.")
    out.line()
    out.line("%s:%d" % (where, line))
    message = e.message or "fixture '%s' not found" % e.name
    return (out.text(), message, where, line)
