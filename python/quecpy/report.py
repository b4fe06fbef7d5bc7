"""`quecpy test` as a stream of events: its JSON-lines report (`--report-json`), read line by line."""

import json
import queue
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

from quecpy.program import Process, how_it_ended

Event = Dict[str, Any]


class Ended(Exception):
    """`quecpy test` ended, or was ended, without telling what was asked for."""


class Report:
    """A run of `quecpy test`. Text that a script prints under `-s` goes to this process's streams."""

    def __init__(self, command: Sequence[str], cwd: Path):
        self._events: "queue.Queue[Optional[Event]]" = queue.Queue()
        self._rest = ""
        self._errors = ""
        self.over = False
        """Nothing more is to come."""
        self.complete = False
        """The run came to its end, whatever its outcome."""
        self.process = Process([*command, "--report-json", "-"], cwd, self._output, self._error)

    def _output(self, text: Optional[str]) -> None:
        if text is None:
            self._events.put(None)
            return
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            try:
                event = json.loads(line)
            except ValueError:
                event = {"event": "output", "error": True, "text": line + "\n"}
            if isinstance(event, dict):
                self._events.put(event)

    def _error(self, text: Optional[str]) -> None:
        # Enough to tell why it would not run.
        self._errors = (self._errors + (text or ""))[-4000:]

    def next(self, deadline: Optional[float] = None) -> Optional[Event]:
        """The next event; None at the end. `deadline` is a time of `time.monotonic()`."""
        while not self.over:
            try:
                # In slices, so that Ctrl-C is heard on every system.
                event = self._events.get(timeout=0.5)
            except queue.Empty:
                if deadline is not None and time.monotonic() > deadline:
                    self.close()
                    raise Ended("it took too long, and was ended") from None
                continue
            if event is None:
                self.over = True
            elif event.get("event") == "output":
                stream = sys.stderr if event.get("error") else sys.stdout
                stream.write(str(event.get("text", "")))
                stream.flush()
            else:
                if event.get("event") == "end":
                    self.complete = True
                return event
        return None

    def why(self) -> str:
        """Why it ended, as far as it said so."""
        code = self.process.wait(5)
        text = self._errors.strip()
        return how_it_ended(code) + (f"\n{text}" if text else "")

    def close(self) -> None:
        """Ends it, if it has not ended. May be called again."""
        if not self.complete or self.process.wait(5) is None:
            self.process.end()
        self.over = True


class Phases:
    """What was told of one test."""

    def __init__(self) -> None:
        self.reports: Dict[str, Event] = {}
        self.left_behind: List[str] = []
        self.over = False
        """No further phase will be told."""


class Batch:
    """Tests of one file that run in one process, on one board. Their order is quecpy's: what is told of a test before it
    is asked for is kept.
    """

    def __init__(self, report: Report, ids: Sequence[str]):
        self._report = report
        self._tests = {id: Phases() for id in ids}
        self._current: Optional[Phases] = None

    def has(self, id: str) -> bool:
        return id in self._tests

    def forget(self, id: str) -> None:
        """Of a test that has been told of: to run again it needs another process."""
        del self._tests[id]

    def phase(self, id: str, when: str) -> Optional[Event]:
        """The report of a test's set-up, call or tear-down, once it is there. None where there is none, as of a test
        that went down with its process. Raises `Ended` when there should be one.
        """
        phases = self._tests[id]
        while when not in phases.reports:
            # A crash is told as a failed call, whenever it came.
            if when == "setup" and "call" in phases.reports:
                return None
            bad = any(report["outcome"] != "passed" for report in phases.reports.values())
            event = None if phases.over else self._report.next()
            if event is not None:
                self._keep(event)
            elif when == "teardown" and bad:
                return None
            else:
                raise Ended(f"quecpy test ended before it told of this test's {when}: {self._report.why()}")
        return phases.reports[when]

    def left_behind(self, id: str) -> List[str]:
        return self._tests[id].left_behind

    def _keep(self, event: Event) -> None:
        kind, phases = event.get("event"), self._tests.get(str(event.get("id")))
        if kind == "exit":
            raise Exit(str(event.get("reason") or ""), event.get("code"))
        if kind in ("start", "end") and self._current is not None and self._current is not phases:
            self._current.over = True
        if phases is None:
            return
        if kind == "start":
            self._current = phases
        elif kind == "report":
            self._current = phases
            # A crash after the call is told as a second one.
            when = "teardown" if "call" in phases.reports else str(event.get("when"))
            phases.reports[when] = event
            phases.over = when == "teardown"
        elif kind == "left":
            phases.left_behind.append(str(event.get("what")))

    def close(self) -> None:
        self._report.close()


class Exit(Exception):
    """A test called `pytest.exit()`."""

    def __init__(self, reason: str, code: Optional[int]):
        super().__init__(reason)
        self.reason = reason
        self.code = code
