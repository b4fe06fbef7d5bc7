# cell: uos: the names of the documentation; generation 3 lacks mount
# firmware: all
import uos

print([name for name in (
    'chdir', 'getcwd', 'ilistdir', 'listdir', 'mkdir', 'mount', 'remove', 'rename', 'rmdir', 'set_callback', 'set_det',
    'stat', 'statvfs', 'umount', 'uname', 'uname2', 'urandom', 'VfsEmmc', 'VfsFat', 'VfsLfs1', 'VfsLfs2', 'VfsSd',
) if not hasattr(uos, name)])
