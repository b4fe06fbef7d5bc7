"""Files, classes and tests that run inside quecpy, as pytest sees them.

A file is collected by `quecpy test --collect-only`. Its tests then run in one process, on a fresh board, which is started
when the first of them is set up; each phase of each test waits for quecpy's report of it.
"""

import os
import shlex
import tempfile
import time
import warnings
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

import pytest

from quecpy import failures
from quecpy.program import NotFound
from quecpy.report import Batch, Ended, Event, Exit, Report
from quecpy.settings import Settings

settings_key = pytest.StashKey[Settings]()

# How long a file may take to tell its tests, in seconds.
COLLECTION = 60
# What the command lines of all systems hold, with room to spare.
LONGEST_COMMAND = 20_000
# quecpy has seen to these; pytest's own plug-ins must not do so again.
SETTLED = ("parametrize", "skip", "skipif", "usefixtures", "xfail")


class QuecpyWarning(pytest.PytestWarning):
    """Something that a test inside quecpy should not do."""


class Failure(Exception):
    """A phase that failed, or did not come to its end, inside quecpy."""

    def __init__(self, event: Event):
        super().__init__((event.get("why") or {}).get("message"))
        self.event = event


class Trouble(Exception):
    """quecpy itself could not do what it was asked for: a text for the user, without a traceback."""


def command(config: pytest.Config, top: Path) -> List[str]:
    """`quecpy test` with what pytest's own command line says."""
    settings = config.stash[settings_key]
    try:
        made = [settings.program(), "test", *settings.options]
    except NotFound as e:
        raise Trouble(str(e)) from None
    # pytest's own addopts are for pytest, and quecpy_options stand here already.
    made += ["-o", "addopts=", "-o", "quecpy_options="]
    made += ["--rootdir", str(rootdir(config)), "--confcutdir", str(top), "-p", "no:cacheprovider"]
    verbose = config.getoption("verbose")
    made += ["-" + "v" * verbose if verbose > 0 else "-q"]
    style = config.getoption("tbstyle")
    # How a summary is cut short is pytest's own affair.
    made += ["--tb", "auto" if style in ("line", "no") else style]
    if config.getoption("runxfail"):
        made += ["--runxfail"]
    if config.getoption("capture") == "no":
        made += ["-s"]
    # Of pytest-timeout.
    timeout = config.getoption("timeout", None)
    return made + (["--timeout", str(timeout)] if timeout else [])


def rootdir(config: pytest.Config) -> Path:
    return Path(os.path.realpath(config.rootpath))


def start(config: pytest.Config, arguments: List[str]) -> Report:
    try:
        return Report(arguments, rootdir(config))
    except OSError as e:
        raise Trouble(f"cannot start {arguments[0]}: {e}") from None


class QuecpyFile(pytest.File):
    """A file of tests for the module."""

    top: Path
    """The chosen folder or file that it belongs to."""
    batch: Optional[Batch] = None
    collected: Event

    @property
    def real_path(self) -> Path:
        return Path(os.path.realpath(self.path.parent), self.path.name)

    def collect(self) -> Iterator["QuecpyClass | QuecpyTest"]:
        self.collected = told = self._collected()
        if told.get("error"):
            raise Failure({"why": told["error"]})
        if told.get("skipped"):
            pytest.skip(str(told["skipped"].get("message")), allow_module_level=True)
        self.count = len(told["items"])
        return tree(self, self, [(names_of(item["id"]), item) for item in told["items"]])

    def _collected(self) -> Event:
        report = start(self.config, [*command(self.config, self.top), "--collect-only", str(self.real_path)])
        try:
            deadline = time.monotonic() + COLLECTION
            while True:
                event = report.next(deadline)
                if event is None:
                    raise Ended(report.why())
                if event["event"] == "collected":
                    return event
                if event["event"] == "exit":
                    pytest.exit(str(event.get("reason")), event.get("code"))
        except Ended as e:
            raise Trouble(
                f"quecpy test did not tell the tests of {self.path}: {e}\n"
                f"To see what happens: {shlex.join(report.process.command)}"
            ) from None
        finally:
            report.close()

    def repr_failure(self, excinfo: "pytest.ExceptionInfo[BaseException]", style: Any = None) -> Any:
        if isinstance(excinfo.value, Trouble):
            return failures.trouble(self.path, str(excinfo.value))
        if isinstance(excinfo.value, Failure):
            return failures.long_text(excinfo.value.event["why"], rootdir(self.config), (self.path, 1))
        return super().repr_failure(excinfo)

    def amend(self, report: pytest.CollectReport) -> None:
        """Puts into pytest's report what quecpy said of the file."""
        told = getattr(self, "collected", {})
        if told.get("skipped"):
            report.longrepr = failures.skip(told["skipped"], rootdir(self.config), (self.path, 1))
        report.sections += failures.sections(told)

    def teardown(self) -> None:
        self.end()

    def end(self) -> None:
        if self.batch is not None:
            self.batch.close()
            self.batch = None

    def batch_for(self, test: "QuecpyTest") -> Batch:
        """The process that runs a test: the one that is at it, or a new one for this test and those that follow it."""
        if self.batch is None or not self.batch.has(test.quecpy_id):
            self.end()
            tests = [test] if is_scattered(self.config) else following(test)
            self.batch = Batch(self._running(tests), [t.quecpy_id for t in tests])
        return self.batch

    def _running(self, tests: "List[QuecpyTest]") -> Report:
        made = command(self.config, self.top)
        most = self.config.getoption("maxfail")
        if most:
            made += ["--maxfail", str(max(1, most - self.session.testsfailed))]
        if len(tests) == self.count:
            return start(self.config, [*made, str(self.real_path)])
        ids = ["::".join([str(self.real_path), *names_of(t.quecpy_id)]) for t in tests]
        if sum(map(len, ids)) < LONGEST_COMMAND:
            return start(self.config, [*made, *ids])
        with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf-8") as file:
            file.write("\n".join(ids))
        report = start(self.config, [*made, "@" + file.name])
        self.addfinalizer(lambda: os.unlink(file.name))
        return report


class QuecpyClass(pytest.Collector):
    """A class of tests."""

    held: "List[Tuple[List[str], Dict[str, Any]]]"
    file: QuecpyFile

    def collect(self) -> Iterator["QuecpyClass | QuecpyTest"]:
        return tree(self, self.file, self.held)


class QuecpyTest(pytest.Item):
    """A test that runs inside quecpy."""

    file: QuecpyFile
    told: Dict[str, Any]
    event: Optional[Event] = None
    """quecpy's report of the phase that is being reported."""

    @property
    def quecpy_id(self) -> str:
        return str(self.told["id"])

    @property
    def where(self) -> Tuple[Path, int]:
        """The file, and the line counted from 1."""
        path, line = failures.place(self.told, rootdir(self.config), (self.path, int(self.told["line"])))
        return (self.path if Path(path) == self.file.real_path else Path(path)), line

    def reportinfo(self) -> Tuple[Path, int, str]:
        path, line = self.where
        return path, line - 1, str(self.told["domain"])

    def iter_markers_with_node(self, name: Optional[str] = None) -> Any:
        return iter(()) if name in SETTLED else super().iter_markers_with_node(name)

    def setup(self) -> None:
        self._phase("setup")

    def runtest(self) -> None:
        self._phase("call")

    def teardown(self) -> None:
        batch = self.file.batch
        if batch is None or not batch.has(self.quecpy_id):
            return
        try:
            self._phase("teardown")
        finally:
            for what in batch.left_behind(self.quecpy_id):
                warnings.warn_explicit(
                    QuecpyWarning(f"{self.name} left behind: {what}"), None, str(self.where[0]), self.where[1]
                )
            batch.forget(self.quecpy_id)

    def _phase(self, when: str) -> None:
        self.event = None
        try:
            self.event = event = self.file.batch_for(self).phase(self.quecpy_id, when)
        except Exit as e:
            self.file.end()
            pytest.exit(e.reason, e.code)
        except Ended as e:
            # The next test gets a new process.
            self.file.end()
            raise Trouble(str(e)) from None
        except BaseException:
            # Ctrl-C: what hangs there is not waited for again.
            self.file.end()
            raise
        if event is None or event["outcome"] == "passed":
            return
        if event["outcome"] == "skipped" and event.get("wasxfail") is None:
            pytest.skip(str((event.get("why") or {}).get("message") or ""))
        raise Failure(event)

    def repr_failure(self, excinfo: "pytest.ExceptionInfo[BaseException]", style: Any = None) -> Any:
        if isinstance(excinfo.value, Trouble):
            return failures.trouble(self.path, str(excinfo.value))
        if isinstance(excinfo.value, Failure):
            return failures.long_text(excinfo.value.event.get("why") or {}, rootdir(self.config), self.where)
        return super().repr_failure(excinfo)

    def amend(self, report: pytest.TestReport, call: "pytest.CallInfo[None]") -> None:
        """Puts quecpy's outcome of a phase into pytest's report of it."""
        event, self.event = self.event, None
        if call.excinfo is not None and isinstance(call.excinfo.value, (Failure, Trouble)):
            # Of set-ups and tear-downs pytest itself shows the traceback.
            report.longrepr = self.repr_failure(call.excinfo)
        if event is None:
            return
        report.outcome = event["outcome"]
        report.duration = float(event.get("duration") or 0)
        report.sections = failures.sections(event) + report.sections
        report.user_properties += [tuple(p) for p in event.get("properties") or []]
        if event.get("wasxfail") is not None:
            report.wasxfail = event["wasxfail"]
        elif event["outcome"] == "skipped":
            report.longrepr = failures.skip(event.get("why") or {}, rootdir(self.config), self.where)


def names_of(id: str) -> List[str]:
    """`file.py::Class::test[a::b]` without its file: `["Class", "test[a::b]"]`."""
    head, bracket, parameters = id.partition("[")
    names = head.split("::")[1:]
    names[-1] += bracket + parameters
    return names


def tree(parent: Any, file: QuecpyFile, held: "List[Tuple[List[str], Dict[str, Any]]]") -> Iterator[Any]:
    """The nodes below a file or class: its classes and tests, in the order that quecpy tells."""
    classes: Dict[str, QuecpyClass] = {}
    nodes: List[Any] = []
    for names, told in held:
        if len(names) == 1:
            nodes.append(made_test(parent, file, names[0], told))
            continue
        if names[0] not in classes:
            made = QuecpyClass.from_parent(parent, name=names[0])
            made.held, made.file = [], file
            classes[names[0]] = made
            nodes.append(made)
        classes[names[0]].held.append((names[1:], told))
    return iter(nodes)


def made_test(parent: Any, file: QuecpyFile, name: str, told: Dict[str, Any]) -> QuecpyTest:
    test = QuecpyTest.from_parent(parent, name=name)
    test.file, test.told = file, told
    test.extra_keyword_matches.update(told["keywords"])
    arguments = told.get("arguments") or {}
    for mark in told["marks"]:
        args, kwargs = arguments.get(mark) or ([], {})
        with warnings.catch_warnings():
            # Where it is unknown is told by --strict-markers; a warning would point at this line.
            warnings.simplefilter("ignore", pytest.PytestUnknownMarkWarning)
            made = getattr(pytest.mark, mark)
        test.add_marker(made.with_args(*args, **kwargs) if args or kwargs else made)
    return test


def following(test: QuecpyTest) -> List[QuecpyTest]:
    """A test and those of its file that are to run right after it."""
    items = test.session.items
    found = []
    for item in items[items.index(test) :]:
        if not isinstance(item, QuecpyTest) or item.file is not test.file:
            break
        found.append(item)
    return found


def is_scattered(config: pytest.Config) -> bool:
    """Whether pytest-xdist may give the tests of one file to several workers."""
    told = getattr(config, "workerinput", None)
    return told is not None and told.get("quecpy_dist") not in ("loadfile", "each")
