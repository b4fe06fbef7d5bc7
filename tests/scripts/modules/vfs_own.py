# cell: vfs: a script's own file systems, also in place of the root, and import from them
# firmware: micropython
import io
import os
import sys
import vfs


class Memory:
    def __init__(self, name, files):
        self.name = name
        self.files = files

    def mount(self, readonly, mkfs):
        print(self.name, 'mount', readonly, mkfs)

    def umount(self):
        print(self.name, 'umount')

    def stat(self, path):
        if path.rstrip('/') in ('', '.'):
            return (0x4000,) + (0,) * 9
        if path not in self.files:
            raise OSError(2)
        return (0x8000, 0, 0, 0, 0, 0, len(self.files[path]), 0, 0, 0)

    def statvfs(self, path):
        return (512, 512, 7, 5, 5, 0, 0, 0, 0, 32)

    def ilistdir(self, path):
        return iter([(name.lstrip('/'), 0x8000, 0) for name in sorted(self.files)])

    def chdir(self, path):
        print(self.name, 'chdir', repr(path))

    def getcwd(self):
        return '/'

    def open(self, path, mode):
        print(self.name, 'open', path, mode)
        data = self.files['/' + path.lstrip('/')]
        return io.BytesIO(data) if 'b' in mode else io.StringIO(data.decode())


vfs.umount('/')
print(os.listdir('/'), os.getcwd(), os.stat('/')[0])
for call in (lambda: os.mkdir('/x'), lambda: os.chdir('/usr'), lambda: open('/usr/x'), lambda: vfs.umount('/usr')):
    try:
        call()
        print('fine')
    except OSError as e:
        print('OSError')
one = Memory('one', {'/a.txt': b'text of a', '/made.py': b'x = 5', '/broken.mpy': b'?'})
vfs.mount(one, '/one')
vfs.mount(Memory('two', {}), '/two', readonly=True)
print(os.listdir(), os.listdir('/one'), os.statvfs('/one')[2], [path for _, path in vfs.mount()])
print(open('/one/a.txt').read(), [entry[0] for entry in os.ilistdir('/')])
for call in (lambda: vfs.mount(Memory('three', {}), '/one'), lambda: os.mkdir('/one'), lambda: os.rename('/one/a', '/two/a')):
    try:
        call()
    except OSError as e:
        print('OSError')
sys.path.append('/one')
import made

print(made.x, made.__file__)
try:
    import broken
except ValueError as e:
    print(e)
root = Memory('root', {'/r.txt': b'r'})
vfs.mount(root, '/')
print(os.listdir('/'), os.listdir('/one') == os.listdir('one'), open('r.txt').read(), open('/r.txt').read())
os.chdir('/')
os.chdir('/one')
print(os.getcwd())
vfs.umount('/one')
print(os.getcwd(), [path for _, path in vfs.mount()])
vfs.umount(root)
vfs.umount('/two')
print(vfs.mount(), os.listdir('/'))
