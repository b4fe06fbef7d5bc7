"""What the plug-in is told: its options and settings, and which files belong to quecpy."""

import os
import shlex
from fnmatch import fnmatch
from pathlib import Path
from typing import Dict, List, Optional

import pytest

from quecpy.program import find


def add_options(parser: pytest.Parser) -> None:
    group = parser.getgroup("quecpy", "QuecPython scripts, in quecpy")
    group.addoption(
        "--quecpy",
        action="append",
        default=[],
        metavar="PATH",
        help="A folder or file whose tests run inside quecpy, beside those of the setting quecpy; may be given many times",
    )
    group.addoption(
        "--quecpy-options",
        default="",
        metavar="OPTIONS",
        help="More options for quecpy test, as --quecpy-options='--firmware 2021 --board no_sim.toml'",
    )
    group.addoption(
        "--quecpy-program",
        metavar="PROGRAM",
        help="The program (default: the environment's QUECPY, what pip has installed, the PATH)",
    )
    parser.addini("quecpy", "Folders and files whose tests run inside quecpy", type="paths", default=[])
    parser.addini("quecpy_options", "Options for quecpy test; paths count from the rootdir", type="args", default=[])


class Settings:
    """Read once for each run of pytest."""

    def __init__(self, config: pytest.Config):
        here = config.invocation_params.dir
        given = [here / path for path in config.known_args_namespace.quecpy]
        self.tops = [Path(os.path.realpath(path)) for path in [*config.getini("quecpy"), *given]]
        """What was chosen: folders, and single files."""
        self.options: List[str] = [
            *config.getini("quecpy_options"),
            *shlex.split(config.known_args_namespace.quecpy_options),
        ]
        self._given_program: Optional[str] = config.known_args_namespace.quecpy_program
        self._tops_of: Dict[str, Optional[Path]] = {}

    def program(self) -> str:
        """Raises `quecpy.NotFound`."""
        return find(self._given_program)

    def check(self) -> None:
        for top in self.tops:
            if not top.exists():
                raise pytest.UsageError(f"quecpy: no such file or folder: {top} (setting quecpy, or --quecpy)")

    def top_of(self, path: "os.PathLike[str]") -> Optional[Path]:
        """The innermost chosen folder or file that holds a path; None when it belongs to the host."""
        if not self.tops:
            return None
        folder, name = os.path.split(os.fspath(path))
        if folder not in self._tops_of:
            self._tops_of[folder] = self._innermost(Path(os.path.realpath(folder)))
        exact = Path(os.path.realpath(folder), name)
        return exact if exact in self.tops else self._tops_of[folder]

    def _innermost(self, folder: Path) -> Optional[Path]:
        for above in (folder, *folder.parents):
            if above in self.tops:
                return above
        return None


def is_test_file(path: Path, patterns: List[str]) -> bool:
    """Whether a name fits pytest's setting python_files."""
    return any(fnmatch(path.name, p) or fnmatch(path.as_posix(), "*/" + p) for p in patterns)
