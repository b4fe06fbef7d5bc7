"""`python -m quecpy`: the program, of this very Python."""

import os
import subprocess
import sys

from quecpy.program import NotFound, find


def main() -> int:
    try:
        command = [find(), *sys.argv[1:]]
    except NotFound as e:
        print(f"quecpy: {e}", file=sys.stderr)
        return 2
    if os.name != "nt":
        os.execv(command[0], command)
    try:
        return subprocess.run(command).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
