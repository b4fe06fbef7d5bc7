"""The fixture `quecpy`: an ordinary test of the host starts a script or a project in quecpy, and talks to it.

    def test_the_sensor_reports(quecpy):
        device = quecpy.boot("sensor_project", options=["--lab"])
        device.wait_for("registered")
        device.send("read")
        assert device.wait_for(re.compile(r"celsius (\\d+)")).group(1) == "21"

    def test_an_exit_status(quecpy):
        device = quecpy.run("script.py", "argument", options=["--firmware", "2021"])
        assert device.exit_code == 0
        assert device.output == "hello\\n"

Every wait has a deadline, and what was started is ended with the test. A failed test's report has what its devices printed.
"""

import os
import re
import subprocess
import threading
import time
from pathlib import Path
from typing import Any, Iterator, List, Optional, Sequence, Tuple, Union, overload

import pytest

from quecpy.program import NotFound, Process, how_it_ended

PATIENCE = 10.0
"""How many seconds a wait lasts unless it says so itself."""

# Text or pattern that is waited for.
Wanted = Union[str, "re.Pattern[str]"]

_devices_key = pytest.StashKey["List[Device]"]()


class Device:
    """A module that runs a script or a project: a process of quecpy. Made by `Quecpy.boot` and its like."""

    def __init__(self, title: str, command: Sequence[str], cwd: Path):
        self.title = title
        self._changed = threading.Condition()
        self._texts = {"output": "", "errors": ""}
        self._open = 2
        self._seen = {"output": 0, "errors": 0}
        self._process = Process(
            command, cwd, lambda t: self._printed("output", t), lambda t: self._printed("errors", t), subprocess.PIPE
        )

    def __repr__(self) -> str:
        return f"<Device {self.title!r}: {how_it_ended(self.exit_code)}>"

    @property
    def output(self) -> str:
        """All that the script has printed until now."""
        with self._changed:
            return self._texts["output"]

    @property
    def errors(self) -> str:
        """All that came on standard error until now: tracebacks, and lines `quecpy: ...`, as of `--lab` and `--uart`."""
        with self._changed:
            return self._texts["errors"]

    @property
    def exit_code(self) -> Optional[int]:
        """None while it runs; 1 after an exception, below 0 when a signal ended it."""
        return self._process.exit_code

    @overload
    def wait_for(self, wanted: str, timeout: float = ..., *, errors: bool = ...) -> str: ...
    @overload
    def wait_for(self, wanted: "re.Pattern[str]", timeout: float = ..., *, errors: bool = ...) -> "re.Match[str]": ...
    def wait_for(self, wanted: Wanted, timeout: float = PATIENCE, *, errors: bool = False) -> Any:
        """Waits until the script prints a text, or what fits a compiled pattern, behind what was waited for before: to
        wait for "tick" twice is to wait for two of them. Returns the output up to there, or the pattern's match. Fails
        the test when it does not come. `errors=True` looks at `errors` instead of `output`.

            device.wait_for("ready", timeout=5)
            port = int(device.wait_for(re.compile(r"port (\\d+)\\n")).group(1))
        """
        __tracebackhide__ = True
        where = "errors" if errors else "output"
        pattern = re.compile(re.escape(wanted)) if isinstance(wanted, str) else wanted
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                begin = self._seen[where]
                found = pattern.search(self._texts[where], begin)
                if found is not None:
                    self._seen[where] = found.end()
                    return found if wanted is pattern else self._texts[where][begin : found.end()]
                left = deadline - time.monotonic()
                if self._open == 0 or left <= 0:
                    break
                # In slices, so that Ctrl-C is heard on every system.
                self._changed.wait(min(left, 0.5))
        self._process.wait(0.2)
        text = wanted if isinstance(wanted, str) else wanted.pattern
        how = f"in {timeout} s" if self._open else "before its end"
        pytest.fail(f"{self.title} did not print {text!r} {how}{self._story()}", pytrace=True)

    def send(self, text: str, end: str = "\n") -> None:
        """Types a line: what the script reads by `input()` or from `usys.stdin`."""
        __tracebackhide__ = True
        assert self._process.child.stdin is not None
        try:
            self._process.child.stdin.write((text + end).encode())
            self._process.child.stdin.flush()
        except (OSError, ValueError):
            self._process.wait(1)
            pytest.fail(f"{self.title} reads nothing any more, so {text!r} cannot be sent{self._story()}")

    def send_end(self) -> None:
        """Nothing more will be sent: `input()` raises EOFError."""
        assert self._process.child.stdin is not None
        self._process.child.stdin.close()

    def interrupt(self) -> None:
        """Ctrl-C: KeyboardInterrupt in the script."""
        self._process.interrupt()

    def wait(self, timeout: float = PATIENCE) -> int:
        """Waits for the end, and returns the exit status. Fails the test when it does not come."""
        __tracebackhide__ = True
        code = self._process.wait(timeout)
        if code is None:
            pytest.fail(f"{self.title} did not end in {timeout} s{self._story()}")
        return code

    def end(self) -> None:
        """Ends it at once, as a module whose power is cut."""
        self._process.end()

    def __enter__(self) -> "Device":
        return self

    def __exit__(self, *_: Any) -> None:
        self.end()

    def _printed(self, where: str, text: Optional[str]) -> None:
        with self._changed:
            if text is None:
                self._open -= 1
            else:
                self._texts[where] += text
            self._changed.notify_all()

    def _story(self) -> str:
        story = f" ({how_it_ended(self.exit_code)})"
        for name, text in (("output", self.output), ("errors", self.errors)):
            if text.strip():
                story += f"\n{name}:\n{_tail(text, 1000)}"
        return story


class Quecpy:
    """What the fixture `quecpy` is. A path is looked for in the folder of the test's file, then in pytest's rootdir; the
    paths in `options` count from the former. `options` are those of `quecpy --help`:

        options=["--lab", "--board", "no_sim.toml", "--resolve", "iot.example.com:1883:127.0.0.1:11883"]

    The module's flash is fresh (`--ephemeral`), unless `options` have `--flash`: then what a script writes is there for
    the next one, in `.quecpy/` beside the script.
    """

    def __init__(self, program: str, folder: Path, rootdir: Path):
        self.program = program
        self.folder = folder
        self.rootdir = rootdir
        self.devices: List[Device] = []

    def boot(self, project: "Union[str, os.PathLike[str]]", *, options: Sequence[str] = ()) -> Device:
        """Powers a module on, with a folder as its /usr: it dials and runs main.py.

        device = quecpy.boot("project", options=["--lab", "--forward", "18080:80"])
        """
        __tracebackhide__ = True
        return self._start(["boot", *self._options(options), str(self._path(project))], f"quecpy boot {project}")

    def start(self, script: "Union[str, os.PathLike[str]]", *args: str, options: Sequence[str] = ()) -> Device:
        """Starts a script and does not wait for its end.

        device = quecpy.start("echo.py", options=["--uart", "2:tcp=127.0.0.1:0"])
        """
        __tracebackhide__ = True
        return self._start([*self._options(options), str(self._path(script)), *map(str, args)], f"quecpy {script}")

    def code(self, source: str, *, options: Sequence[str] = ()) -> Device:
        """Starts a script that is given as text."""
        return self._start([*self._options(options), "-c", source], "quecpy -c ...")

    def run(
        self,
        script: "Union[str, os.PathLike[str]]",
        *args: str,
        options: Sequence[str] = (),
        input: str = "",
        timeout: float = 30.0,
    ) -> Device:
        """Runs a script to its end, with `input` to read; fails the test when it lasts longer than `timeout` seconds.

        assert quecpy.run("greet.py", input="Ada\\n").output == "hello Ada\\n"
        """
        __tracebackhide__ = True
        device = self.start(script, *args, options=options)
        if input:
            device.send(input, end="")
        device.send_end()
        device.wait(timeout)
        return device

    def end(self) -> None:
        for device in self.devices:
            device.end()

    def _start(self, arguments: List[str], title: str) -> Device:
        device = Device(title, [self.program, *arguments], self.folder)
        self.devices.append(device)
        return device

    def _options(self, options: Sequence[str]) -> List[str]:
        flash = any(o == "--ephemeral" or o.startswith("--flash") for o in options)
        return [*options] if flash else ["--ephemeral", *options]

    def _path(self, path: "Union[str, os.PathLike[str]]") -> Path:
        __tracebackhide__ = True
        for folder in (self.folder, self.rootdir):
            if (folder / path).exists():
                return folder / path
        pytest.fail(f"there is no {path}, neither in {self.folder} nor in {self.rootdir}")


@pytest.fixture
def quecpy(request: pytest.FixtureRequest) -> Iterator[Quecpy]:
    """Scripts and projects in quecpy: boot(project), start(script), run(script), code(text); the devices that these
    return have wait_for(text), send(line), output, errors, exit_code, wait(), interrupt().
    """
    from quecpy.nodes import settings_key

    try:
        program = request.config.stash[settings_key].program()
    except NotFound as e:
        pytest.fail(str(e), pytrace=False)
    held = Quecpy(program, request.path.parent, request.config.rootpath)
    request.node.stash[_devices_key] = held.devices
    yield held
    held.end()


def sections(item: pytest.Item) -> List[Tuple[str, str]]:
    """What the devices of a test have printed, for its report."""
    found = []
    for device in item.stash.get(_devices_key, []):
        for name, text in (("output", device.output), ("errors", device.errors)):
            if text:
                found.append((f"Captured {name} of {device.title}", _tail(text)))
    return found


def _tail(text: str, most: int = 10_000) -> str:
    return text if len(text) <= most else "...\n" + text[-most:]
