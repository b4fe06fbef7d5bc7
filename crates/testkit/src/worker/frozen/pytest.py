"""What a test script imports as pytest."""

from _pytest_fixtures import fixture
from _pytest_marks import mark, param, HIDDEN_PARAM
from _pytest_outcomes import exit, fail, importorskip, skip, xfail, UsageError
from _pytest_raises import approx, raises, ExceptionInfo
from _pytest_builtin import MonkeyPatch

__version__ = "9.0"


def register_assert_rewrite(*names):
    pass


def main(args=None, plugins=None):
    raise UsageError("a test cannot start the test runner: run `quecpy test`")


class PytestWarning(Exception):
    pass
