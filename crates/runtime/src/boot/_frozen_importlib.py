# The VM takes its import functions from a module of this name, written in Python. These are in Rust (boot.rs).


def _install(sys, functions):
    global __import__, _find_and_load, _module_repr
    __import__ = functions.__import__
    _find_and_load = functions._find_and_load
    _module_repr = functions._module_repr
