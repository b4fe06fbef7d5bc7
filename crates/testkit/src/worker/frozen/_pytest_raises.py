# pytest.raises and pytest.approx.

import _quecpy_test
from _pytest_outcomes import fail


class ExceptionInfo:
    def __init__(self, value=None):
        self._value = value

    @property
    def value(self):
        if self._value is None:
            raise AssertionError(".value can only be used after the context manager exits")
        return self._value

    @property
    def type(self):
        return type(self.value)

    @property
    def typename(self):
        return type(self.value).__name__

    def exconly(self, tryshort=False):
        import _pytest_report

        return _pytest_report.exception_only(self.value, tryshort)

    def errisinstance(self, exc):
        return isinstance(self.value, exc)

    def match(self, regexp):
        __tracebackhide__ = True
        text = str(self.value)
        if not _quecpy_test.search(pattern_of(regexp), text):
            raise AssertionError(mismatch(regexp, text, "Expected regex", "Actual message"))
        return True

    def __repr__(self):
        if self._value is None:
            return "<ExceptionInfo for raises contextmanager>"
        return "<ExceptionInfo %r>" % (self._value,)


def pattern_of(regexp):
    return regexp if isinstance(regexp, str) else regexp.pattern


def mismatch(regexp, text, expected, actual):
    message = "Regex pattern did not match.\n  %s: %r\n  %s: %r" % (expected, pattern_of(regexp), actual, text)
    if pattern_of(regexp) == text:
        message += "\n Did you mean to `re.escape()` the regex?"
    return message


class RaisesContext:
    def __init__(self, expected, match, check):
        self.expected = expected
        self.match = match
        self.check = check
        self.info = None

    def __enter__(self):
        self.info = ExceptionInfo()
        return self.info

    def __exit__(self, kind, value, traceback):
        __tracebackhide__ = True
        if kind is None:
            expected = self.expected
            if expected is BaseException:
                fail("DID NOT RAISE any exception")
            if isinstance(expected, tuple) and len(expected) > 1:
                fail("DID NOT RAISE any of (%s)" % ", ".join([e.__name__ for e in expected]))
            if isinstance(expected, tuple):
                expected = expected[0]
            fail("DID NOT RAISE %s" % (expected.__name__,))
        if not isinstance(value, self.expected):
            return False
        self.info._value = value
        if self.match is not None:
            text = str(value)
            if not _quecpy_test.search(pattern_of(self.match), text):
                raise AssertionError(mismatch(self.match, text, "Expected regex", "Actual message")) from None
        if self.check is not None and not self.check(value):
            raise AssertionError("check %r did not return True on %r" % (self.check, value))
        return True


def raises(expected_exception=None, *args, match=None, check=None, **kwargs):
    __tracebackhide__ = True
    if expected_exception is None:
        expected_exception = BaseException
    kinds = expected_exception if isinstance(expected_exception, tuple) else (expected_exception,)
    if not kinds:
        raise ValueError("You must specify at least one exception type in `raises`")
    for kind in kinds:
        if not isinstance(kind, type) or not issubclass(kind, BaseException):
            raise TypeError("Expected a BaseException type, but got %r" % (getattr(kind, "__name__", kind),))
    context = RaisesContext(expected_exception, match, check)
    if not args:
        if kwargs:
            raise TypeError("Unexpected keyword arguments passed to pytest.raises: " + ", ".join(sorted(kwargs)))
        return context
    with context as info:
        args[0](*args[1:], **kwargs)
    return info


# --- approx ---

INFINITY = float("inf")


def _is_number(value):
    return isinstance(value, (int, float, complex)) and not isinstance(value, bool)


class Approx:
    def __init__(self, expected, rel=None, abs=None, nan_ok=False):
        self.expected = expected
        self.rel = rel
        self.abs = abs
        self.nan_ok = nan_ok

    def _scalar(self, value):
        if isinstance(value, Approx):
            return value
        return ApproxScalar(value, self.rel, self.abs, self.nan_ok)

    def __ne__(self, actual):
        return not (actual == self)

    def __bool__(self):
        raise AssertionError(
            "approx() is not supported in a boolean context.\nDid you mean: `assert a == approx(b)`?"
        )


class ApproxScalar(Approx):
    def tolerance(self):
        default = lambda given, otherwise: otherwise if given is None else given
        absolute = default(self.abs, 1e-12)
        if absolute < 0:
            raise ValueError("absolute tolerance can't be negative: %s" % absolute)
        if absolute != absolute:
            raise ValueError("absolute tolerance can't be NaN.")
        if self.rel is None:
            if self.abs is not None:
                return absolute
        relative = default(self.rel, 1e-6) * abs(self.expected)
        if relative < 0:
            raise ValueError("relative tolerance can't be negative: %s" % relative)
        if relative != relative:
            raise ValueError("relative tolerance can't be NaN.")
        return max(relative, absolute)

    def __eq__(self, actual):
        if actual == self.expected:
            return True
        if not (_is_number(self.expected) and _is_number(actual)):
            return False
        if self.expected != self.expected:
            return self.nan_ok and actual != actual
        if abs(self.expected) == INFINITY:
            return False
        return abs(self.expected - actual) <= self.tolerance()

    __hash__ = None

    def __repr__(self):
        if not _is_number(self.expected) or abs(self.expected) == INFINITY:
            return str(self.expected)
        try:
            vetted = sci(self.tolerance())
        except ValueError:
            vetted = "???"
        return "%s \u00b1 %s" % (self.expected, vetted)

    def _lines(self, other):
        return [
            "comparison failed",
            "Obtained: %s" % (other,),
            "Expected: %s" % (self,),
        ]


def sci(tolerance):
    return "%g" % tolerance if 1e-3 <= tolerance < 1e3 else "%.1e" % tolerance


class ApproxSequence(Approx):
    def __eq__(self, actual):
        try:
            if len(actual) != len(self.expected):
                return False
        except TypeError:
            return False
        return all([a == self._scalar(e) for a, e in zip(actual, self.expected)])

    __hash__ = None

    def __repr__(self):
        kind = type(self.expected)
        if kind not in (tuple, list):
            kind = list
        return "approx(%r)" % (kind([self._scalar(x) for x in self.expected]),)

    def _lines(self, other):
        if len(self.expected) != len(other):
            return [
                "Impossible to compare lists with different sizes.",
                "Lengths: %d and %d" % (len(self.expected), len(other)),
            ]
        pairs = zip(other, [self._scalar(e) for e in self.expected])
        return _table([(i, got, expected) for i, (got, expected) in enumerate(pairs)])


class ApproxMapping(Approx):
    def __eq__(self, actual):
        try:
            if set(actual.keys()) != set(self.expected.keys()):
                return False
        except AttributeError:
            return False
        return all([actual[k] == self._scalar(self.expected[k]) for k in self.expected])

    __hash__ = None

    def __repr__(self):
        return "approx(%r)" % (dict([(k, self._scalar(v)) for k, v in self.expected.items()]),)

    def _lines(self, other):
        if len(self.expected) != len(other):
            return [
                "Impossible to compare mappings with different sizes.",
                "Lengths: %d and %d" % (len(self.expected), len(other)),
            ]
        if set(self.expected.keys()) != set(other.keys()):
            return ["comparison failed.", "Mappings has different keys: expected %s but got %s" % (
                self.expected.keys(), other.keys())]
        return _table([(key, other[key], self._scalar(self.expected[key])) for key in self.expected])


def _table(all_rows):
    rows = [("Index", "Obtained", "Expected")]
    absolute, relative, infinite = -INFINITY, -INFINITY, False
    for key, got, expected in all_rows:
        if got == expected:
            continue
        rows.append((str(key), str(got), str(expected)))
        try:
            difference = abs(expected.expected - got)
        except TypeError:
            continue
        absolute = max(absolute, difference)
        if got == 0:
            infinite = True
        else:
            relative = max(relative, difference / abs(got))
    lines = [
        "comparison failed. Mismatched elements: %d / %d:" % (len(rows) - 1, len(all_rows)),
        "Max absolute difference: %s" % absolute,
        "Max relative difference: %s" % (INFINITY if infinite else relative),
    ]
    widths = [max([len(row[i]) for row in rows]) for i in range(3)]
    for row in rows:
        lines.append(" | ".join([_pad(row[i], widths[i]) for i in range(3)]))
    return lines


def _pad(text, width):
    return text + " " * (width - len(text))


def approx(expected, rel=None, abs=None, nan_ok=False):
    if isinstance(expected, dict):
        return ApproxMapping(expected, rel, abs, nan_ok)
    if isinstance(expected, (list, tuple)):
        return ApproxSequence(expected, rel, abs, nan_ok)
    return ApproxScalar(expected, rel, abs, nan_ok)
