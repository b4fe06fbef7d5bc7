"""Where the program `quecpy` is, and how its processes are started and ended. Nothing of pytest here."""

import codecs
import io
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import threading
from pathlib import Path
from typing import IO, Callable, Iterator, List, Optional, Sequence

NAME = "quecpy.exe" if os.name == "nt" else "quecpy"


class NotFound(Exception):
    """The program is not where it could be."""


def find(given: Optional[str] = None) -> str:
    """The program's path: `given`, else the environment's QUECPY, else what was installed with this package, else the
    PATH. Raises `NotFound`, which says what to do.
    """
    for path, origin in ((given, "--quecpy-program"), (os.environ.get("QUECPY"), "the environment variable QUECPY")):
        if path:
            found = shutil.which(path)
            if found is None:
                raise NotFound(f"{path}, which {origin} names, is no program that can be started")
            return os.path.abspath(found)
    for folder in _folders():
        installed = folder / NAME
        if installed.is_file() and os.access(installed, os.X_OK):
            return str(installed)
    found = shutil.which("quecpy")
    if found is None:
        raise NotFound(
            f"the program quecpy was found neither beside {sys.executable} nor on the PATH; install it with "
            "`python -m pip install --force-reinstall quecpy`, or name it with --quecpy-program or QUECPY"
        )
    return found


def _folders() -> Iterator[Path]:
    """Where an installation puts the program."""
    # A wheel that brings libraries along keeps the program beside this package, and a starter among the scripts.
    yield Path(__file__).resolve().parent.parent / "quecpy.scripts"
    yield Path(sysconfig.get_path("scripts"))
    user = "nt_user" if os.name == "nt" else "posix_user"
    if sys.platform == "darwin" and sysconfig.get_config_var("PYTHONFRAMEWORK"):
        user = "osx_framework_user"
    if user in sysconfig.get_scheme_names():
        yield Path(sysconfig.get_path("scripts", user))


class Process:
    """The program while it runs. `on_output` and `on_error` get text as it comes, each from a thread of its own, and
    None at the end. What it started ends with it.
    """

    def __init__(
        self,
        command: Sequence[str],
        cwd: Path,
        on_output: Callable[[Optional[str]], None],
        on_error: Callable[[Optional[str]], None],
        stdin: Optional[int] = subprocess.DEVNULL,
    ):
        environment = dict(os.environ)
        # Those are for pytest itself.
        environment.pop("PYTEST_ADDOPTS", None)
        # A module knows no colours; what pytest wants is pytest's to paint.
        environment["NO_COLOR"] = "1"
        self.command: List[str] = list(command)
        self.child: "subprocess.Popen[bytes]" = subprocess.Popen(
            self.command,
            cwd=str(cwd),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            # A group of its own, so that nothing of it is left behind.
            start_new_session=os.name != "nt",
            creationflags=0x200 if os.name == "nt" else 0,
        )
        self._readers = [
            threading.Thread(target=_read, args=(self.child.stdout, on_output), daemon=True),
            threading.Thread(target=_read, args=(self.child.stderr, on_error), daemon=True),
        ]
        for reader in self._readers:
            reader.start()

    @property
    def exit_code(self) -> Optional[int]:
        return self.child.poll()

    def wait(self, timeout: float) -> Optional[int]:
        """The exit status once all output was read too; None when the time is over."""
        try:
            self.child.wait(timeout)
        except subprocess.TimeoutExpired:
            return None
        for reader in self._readers:
            reader.join(1)
        return self.child.returncode

    def interrupt(self) -> None:
        """Ctrl-C."""
        if self.child.poll() is None:
            self.child.send_signal(getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT))

    def end(self) -> None:
        """Ends it and what it started, at once. May be called again."""
        if self.child.stdin is not None:
            try:
                self.child.stdin.close()
            except OSError:
                pass  # It has ended, with something still to be read.
        if os.name == "nt":
            if self.child.poll() is None:
                kill = ["taskkill", "/T", "/F", "/PID", str(self.child.pid)]
                subprocess.run(kill, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        elif self.child.returncode is None:
            # Not yet waited for, so the number is still this process's.
            try:
                os.killpg(self.child.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                pass  # All of it has ended.
        try:
            self.child.wait(5)
        except subprocess.TimeoutExpired:
            pass  # The system ends it when it can.
        for reader in self._readers:
            reader.join(1)


def _read(stream: "Optional[IO[bytes]]", tell: Callable[[Optional[str]], None]) -> None:
    assert stream is not None
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
    with stream:
        while True:
            chunk = stream.read1(65536)  # type: ignore[attr-defined]
            text = newlines.decode(chunk, final=not chunk)
            if text:
                tell(text)
            if not chunk:
                break
    tell(None)


def how_it_ended(code: Optional[int]) -> str:
    """An exit status in words."""
    if code is None:
        return "still running"
    if code < 0:
        try:
            return f"ended by {signal.Signals(-code).name}"
        except ValueError:
            return f"ended by signal {-code}"
    return f"exit status {code}"
