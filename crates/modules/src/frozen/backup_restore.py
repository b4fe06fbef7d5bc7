# backup_restore: copies of files in /bak, with which damaged ones are replaced.
# Source: the module contract, system, backup_restore; that it counts by file_crc32: the published firmware of generation 1,
# core/backup_restore.py.
import checksum
import file_crc32
import ql_fs
import ujson

_BACKUP = '/bak'
_FLAG = '/bak/backup_restore.json'
# [{"name": path, "crc32": hexadecimal text}, ...]
_CHECKSUMS = checksum.checksum_file
_BACKUP_CHECKSUMS = checksum.backup_checksum_file

backup_root_dir = _BACKUP
backup_restore_flag_file = _FLAG


class _checkError(Exception):
    def __init__(self, value):
        self.value = value

    def __str__(self):
        return repr(self.value)


def _enabled():
    if not ql_fs.path_exists(_FLAG):
        raise _checkError('%s not exist' % _FLAG)
    with open(_FLAG) as file:
        text = file.read()
    if not text:
        raise _checkError('%s is empty' % _FLAG)
    return ujson.loads(text)['enable']


def _update(list_file, name, path):
    crc = file_crc32.calc(path)
    if crc is None:
        return False
    entries = ql_fs.read_json(list_file) or []
    entries = [entry for entry in entries if entry['name'].lower() != name.lower()]
    entries.append({'name': name, 'crc32': crc})
    return ql_fs.touch(list_file, entries) == 0


def _update_both(file):
    return _update(_BACKUP_CHECKSUMS, file, _BACKUP + file) and _update(_CHECKSUMS, file, file)


def bak_update(file, data):
    """Makes a JSON file and its copy: 0, or a negative number."""
    file = file if file.startswith('/') else '/' + file
    if not isinstance(data, dict) or ql_fs.path_exists(file):
        return -1
    try:
        enabled = _enabled()
    except Exception:
        return -2
    if not enabled:
        return -3
    try:
        if ql_fs.touch(_BACKUP + file, data) or ql_fs.touch(file, data) or not _update_both(file):
            return -5
    except Exception:
        return -5
    return 0


def bak_file(file):
    """Copies a file to its backup: 1, or a negative number."""
    file = file if file.startswith('/') else '/' + file
    if not ql_fs.path_exists(file):
        return -1
    try:
        enabled = _enabled()
    except Exception:
        return -2
    if not enabled:
        return -3
    try:
        ql_fs.mkdirs(ql_fs.path_dirname(_BACKUP + file))
        if not ql_fs.file_copy(_BACKUP + file, file):
            return -6
        return 1 if _update_both(file) else -4
    except Exception:
        return -5


def main():
    """Restores what is damaged."""
    try:
        if not _enabled():
            return
        restored = []
        for entry in ujson.loads(checksum.check()):
            name = entry['name']
            found = file_crc32.calc(name)
            if found is not None and int(found, 16) == int(entry['crc32'], 16):
                continue
            print('- restoring', name)
            if not ql_fs.path_exists(_BACKUP + name):
                print('~ backup file does not exist:', name)
                continue
            ql_fs.mkdirs(ql_fs.path_dirname(name))
            ql_fs.file_copy(name, _BACKUP + name)
            restored.append(name)
        if restored:
            print('- updating checksum')
            checksum.bulk_update(restored)
            print('- done')
    except Exception as e:
        print('x backup restore procedure error:', e)
