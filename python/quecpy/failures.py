"""What quecpy tells of a failure, in the form that pytest's reports have."""

from pathlib import Path
from typing import Any, Dict, List, Tuple, Union

# No public names are there for these; they are the same from pytest 7 on.
from _pytest._code import code

Why = Dict[str, Any]


class ReprEntryNative(code.ReprEntryNative):
    """A text as quecpy made it, with the colours that pytest gives to its own. The name is that of pytest's class: by it
    pytest-xdist knows what to carry from one process to another.
    """

    def toterminal(self, tw: Any) -> None:
        for line in "".join(self.lines).splitlines():
            failure = line.startswith("E ") or line == "E"
            tw.line(line, red=failure, bold=failure or line.startswith("> "))


def place(why: Why, rootdir: Path, otherwise: Tuple[Path, int]) -> Tuple[str, int]:
    """File and line, where they are files of this computer."""
    path = rootdir / str(why.get("path") or "")
    if why.get("path") and path.is_file():
        return str(path), int(why.get("line") or 0)
    return str(otherwise[0]), otherwise[1]


def long_text(why: Why, rootdir: Path, otherwise: Tuple[Path, int]) -> Union[str, Any]:
    """The failure in full; its message is what the short summary tells."""
    text = str(why.get("text") or "")
    if text.startswith("[XPASS(strict)]"):
        return text
    path, line = place(why, rootdir, otherwise)
    lines: List[str] = [text.rstrip("\n") + "\n"]
    traceback = code.ReprTraceback([ReprEntryNative(lines)], None, "long")
    return code.ReprExceptionInfo(traceback, code.ReprFileLocation(path, line, str(why.get("message") or "")))


def skip(why: Why, rootdir: Path, otherwise: Tuple[Path, int]) -> Tuple[str, int, str]:
    """Where and why something was skipped."""
    message = str(why.get("message") or "")
    return (*place(why, rootdir, otherwise), f"Skipped: {message}" if message else "Skipped")


def trouble(path: Path, text: str) -> Any:
    """quecpy itself could not do what it was asked for."""
    return long_text({"text": f"{path}: {text}", "message": text.splitlines()[0]}, path.parent, (path, 1))


def sections(event: Dict[str, Any]) -> List[Tuple[str, str]]:
    """What was printed, and so on: title and text."""
    return [(str(title).strip(), str(text)) for title, text in event.get("sections") or []]
