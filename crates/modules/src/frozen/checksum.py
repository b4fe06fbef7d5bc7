# checksum: /usr/checksum.json, the CRC-32 of files that backup_restore watches. Source: the published firmware of
# generation 1, core/checksum.py.
import file_crc32
import ql_fs
import ujson

checksum_file = '/usr/checksum.json'
checksum_file_max_size = 16384
backup_checksum_file = '/bak/checksum.json'


class _checkError(Exception):
    def __init__(self, value):
        self.value = value

    def __str__(self):
        return repr(self.value)


def check():
    """The file's text; without the file its backup's, which is put in its place."""
    if not ql_fs.path_exists(checksum_file):
        if not ql_fs.path_exists(backup_checksum_file):
            raise _checkError('%s not exist' % checksum_file)
        ql_fs.file_copy(checksum_file, backup_checksum_file)
    with open(checksum_file) as file:
        text = file.read(checksum_file_max_size)
    if not text:
        raise _checkError('%s is empty' % checksum_file)
    return text


def _find(entries, file_name):
    if not file_name.startswith('/'):
        file_name = '/' + file_name
    for entry in entries:
        if entry['name'].lower() == file_name.lower():
            return file_name, entry
    return file_name, None


def retrieve(file_name):
    """The listed CRC-32; None for a file that is not listed."""
    entry = _find(ujson.loads(check()), file_name)[1]
    return None if entry is None else entry['crc32']


def update(file_name):
    """Counts a listed file anew: the whole list; None if nothing was written."""
    return bulk_update([file_name])


def bulk_update(file_name_list=()):
    """The same for many files."""
    try:
        entries = ujson.loads(check())
        changed = False
        for name in file_name_list:
            path, entry = _find(entries, name)
            crc = entry and file_crc32.calc(path)
            if crc:
                entry['crc32'] = crc
                changed = True
        if not changed:
            return None
        with open(checksum_file, 'w') as file:
            file.write(ujson.dumps(entries))
        return entries
    except Exception:
        return None
