"""quecpy from Python: the plug-in for pytest, and where the program is.

The program `quecpy` runs QuecPython scripts on a PC. This package comes in the same wheel and brings pytest two things:
test files for the module run inside quecpy (`quecpy.plugin`), and the fixture `quecpy` lets a test of the host start a
script or a project and talk to it (`quecpy.device`).
"""

from quecpy.program import NotFound, find

__all__ = ["NotFound", "find"]
