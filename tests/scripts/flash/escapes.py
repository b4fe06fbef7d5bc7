# cell: no script reaches host files or host modules
# options: --ephemeral
import uos
import usys


def refused(what, call, *args):
    try:
        call(*args)
    except Exception as e:
        print(what, 'refused:', type(e).__name__)
    else:
        print(what, 'WAS POSSIBLE')


for path in ('/etc/passwd', '/usr/../../etc/passwd', '../../../../etc/passwd', '/usr/./../..//etc/passwd',
             'C:\\Windows\\win.ini', '/usr/C:/Windows', '/usr/a\\..\\..\\b', '/usr/\0', '/proc/self/environ'):
    refused(repr(path), open, path)
    refused(repr(path) + ' for writing', open, path, 'w')
    refused(repr(path) + ' listed', uos.listdir, path)
refused('rename outwards', uos.rename, '/usr/escapes.py', '/etc/x')
refused('rename of the root', uos.rename, '/usr', '/bak/x')
refused('remove of a mount', uos.remove, '/usr')
for name in ('os.path', 'posix', '_io', 'nt', 'importlib', '_frozen_importlib', '_imp', '_ctypes', 'ctypes', 'marshal',
             'subprocess', 'pathlib', 'shutil', '_posixsubprocess', 'signal', '_signal', 'codecs', '_codecs',
             '_thread.x', 'atexit', '_ast', '_winapi', 'multiprocessing', 'inspect', 'code'):
    refused('import ' + name, __import__, name)
import builtins
refused('a host file from builtins', builtins.open, '/etc/passwd')
refused('a host module from builtins', builtins.__import__, 'posix')
for name in ('__loader__', '__spec__', 'breakpoint'):
    refused('builtins.' + name, getattr, builtins, name)
for name in ('_getframe', 'settrace', 'meta_path', 'path_hooks', 'addaudithook', 'executable', 'flags'):
    refused('usys.' + name, getattr, usys, name)
refused('a host module from usys.modules', lambda: usys.modules['posix'])
refused('subclasses of object', getattr, object, '__subclasses__')
refused('subclasses through type', lambda: type.__subclasses__(object))
