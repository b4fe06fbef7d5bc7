# Outcomes that are exceptions, and the functions that raise them.


class OutcomeException(BaseException):
    def __init__(self, msg=None, pytrace=True):
        self.msg = msg
        self.pytrace = pytrace
        super().__init__(msg)

    def __str__(self):
        return "" if self.msg is None else str(self.msg)

    __repr__ = __str__


class Skipped(OutcomeException):
    def __init__(self, msg=None, pytrace=True, allow_module_level=False, location=None):
        super().__init__(msg, pytrace)
        self.allow_module_level = allow_module_level
        self.location = location


class Failed(OutcomeException):
    pass


class XFailed(Failed):
    pass


class Exit(Exception):
    def __init__(self, msg="unknown reason", returncode=None):
        self.msg = msg
        self.returncode = returncode
        super().__init__(msg)


class UsageError(Exception):
    pass


class Timeout(Failed):
    def __init__(self, seconds=None):
        super().__init__("Timeout" if seconds is None else "Timeout (>%ss)" % seconds, True)


def exit(reason="", returncode=None):
    raise Exit(reason, returncode)


def skip(reason="", *, allow_module_level=False):
    raise Skipped(reason, True, allow_module_level)


def fail(reason="", pytrace=True):
    raise Failed(reason, pytrace)


def xfail(reason=""):
    raise XFailed(reason)


exit.Exception = Exit
skip.Exception = Skipped
fail.Exception = Failed
xfail.Exception = XFailed


def importorskip(modname, minversion=None, reason=None, *, exc_type=None):
    try:
        module = __import__(modname)
        for part in modname.split(".")[1:]:
            module = getattr(module, part)
    except (ImportError if exc_type is None else exc_type) as e:
        if reason is None:
            reason = "could not import %r: %s" % (modname, e)
        raise Skipped(reason, True, True)
    if minversion is None:
        return module
    found = getattr(module, "__version__", None)
    if found is None or _version(found) < _version(minversion):
        raise Skipped(
            "module %r has __version__ %r, required is: %r" % (modname, found, minversion), True, True
        )
    return module


def _version(text):
    numbers = []
    for part in str(text).split("."):
        digits = ""
        for c in part:
            if not c.isdigit():
                break
            digits += c
        numbers.append(int(digits or "0"))
    return numbers
