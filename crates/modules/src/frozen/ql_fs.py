# ql_fs: files and folders by their paths, and JSON files.
# Source: the module contract, system, ql_fs.
import ujson
import uos

_FOLDER = 0x4000
_BLOCK = 4096


class FileNotFoundError(Exception):
    """As on the module no kind of OSError."""

    def __init__(self, error_info=''):
        super().__init__(error_info)
        self.error_info = error_info

    def __str__(self):
        return self.error_info


def path_exists(file_path):
    try:
        uos.stat(file_path)
        return True
    except OSError:
        return False


def path_dirname(file_path):
    end = file_path.rfind('/') + 1
    head = file_path[:end]
    # Of slashes only there is nothing to strip.
    return head.rstrip('/') or head


def path_getsize(file_path):
    if not path_exists(file_path):
        raise FileNotFoundError("can not find: '%s'" % file_path)
    return uos.stat(file_path)[-4]


def mkdirs(dir_path):
    path = '/' if dir_path.startswith('/') else ''
    for part in dir_path.split('/'):
        if part:
            path += part
            if not path_exists(path):
                uos.mkdir(path)
            path += '/'


def rmdirs(dir_path):
    for entry in uos.ilistdir(dir_path):
        path = dir_path + '/' + entry[0]
        if entry[1] == _FOLDER:
            rmdirs(path)
        else:
            uos.remove(path)
    uos.remove(dir_path)


def file_copy(dst, src):
    """The destination goes first."""
    if not path_exists(src):
        return False
    with open(src, 'rb') as source, open(dst, 'wb') as target:
        while True:
            block = source.read(_BLOCK)
            if not block:
                return True
            target.write(block)


def touch(file, data, i=1, file_type='json'):
    try:
        folder = path_dirname(file)
        if folder:
            mkdirs(folder)
        if file_type == 'json':
            data = ujson.dumps(data)
        with open(file, 'w' if isinstance(data, str) else 'wb') as target:
            target.write(data)
        return 0
    except Exception:
        return -1


def write_json(file, data):
    return touch(file, data)


def read_json(file):
    if not path_exists(file):
        return None
    with open(file) as source:
        return ujson.load(source)
