# vfs: mounting file systems, as MicroPython's extmod/vfs.c does. VfsPosix is a view of the flash here: nothing of the
# computer's own files can be reached.
import _quecpy_vfs
import uos

# No name of uerrno's.
_EROFS = 30

umount = _quecpy_vfs.umount


def mount(*args, **options):
    if args:
        return _quecpy_vfs.mount(*args, **options)
    own = [(_flash, '/')] if _quecpy_vfs.has_flash() else []
    return _quecpy_vfs.mounted() + own


class VfsPosix:
    def __init__(self, root='/'):
        if not root.startswith('/'):
            root = uos.getcwd() + '/' + root
        self._root = '' if root == '/' else root.rstrip('/')
        self._folder = '/'
        self._readonly = False

    def mount(self, readonly, mkfs):
        self._readonly = bool(readonly)

    def umount(self):
        pass

    def _absolute(self, path):
        if isinstance(path, bytes):
            path = path.decode()
        parts = []
        for part in (path if path.startswith('/') else self._folder + '/' + path).split('/'):
            if part == '..':
                parts = parts[:-1]
            elif part not in ('', '.'):
                parts.append(part)
        return '/' + '/'.join(parts)

    def _real(self, path):
        return (self._root + self._absolute(path)).rstrip('/') or '/'

    def _changed(self, path):
        if self._readonly:
            raise OSError(_EROFS)
        return self._real(path)

    def open(self, path, mode):
        changes = any(letter in mode for letter in 'wxa+')
        return open(self._changed(path) if changes else self._real(path), mode)

    def ilistdir(self, path=''):
        entries = uos.ilistdir(self._real(path))
        if isinstance(path, bytes):
            return iter([(entry[0].encode(),) + entry[1:3] for entry in entries])
        return iter([entry[:3] for entry in entries])

    def chdir(self, path):
        folder = self._absolute(path)
        uos.chdir(self._real(path))
        self._folder = folder

    def getcwd(self):
        return self._folder

    def mkdir(self, path):
        uos.mkdir(self._changed(path))

    def rmdir(self, path):
        uos.rmdir(self._changed(path))

    def remove(self, path):
        uos.remove(self._changed(path))

    def rename(self, old, new):
        uos.rename(self._changed(old), self._changed(new))

    def stat(self, path):
        return uos.stat(self._real(path))

    def statvfs(self, path):
        return uos.statvfs(self._real(path))


_flash = VfsPosix()
