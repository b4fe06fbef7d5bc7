# Importing for the VM's own start: native and frozen modules by their names. Scripts import through another function.


class BuiltinImporter:
    pass


class _Spec:
    def __init__(self, name):
        self.name = name


def _install(sys, imp):
    global _imp
    _imp = imp


def _find_and_load(name, import_):
    if _imp.is_builtin(name):
        return _imp.create_builtin(_Spec(name))
    return _imp.init_frozen(name)


def _handle_fromlist(module, fromlist, import_):
    return module


def _lock_unlock_module(name):
    pass


def __import__(name, globals=None, locals=None, fromlist=(), level=0):
    return _find_and_load(name, None)


def _module_repr(module):
    file = getattr(module, '__file__', None)
    if file is None:
        return "<module '%s'>" % module.__name__
    return "<module '%s' from '%s'>" % (module.__name__, file)
