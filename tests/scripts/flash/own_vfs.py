# cell: uos.mount of a script's own object: paths below it go to its methods, open and import as well
# firmware: documented 2021 2025 micropython
# options: --ephemeral
import io
import os
import sys


class Memory:
    """Files in a dict; tells what it is asked."""

    def __init__(self, files, loud=True):
        self.files = files
        self.loud = loud
        self.folder = '/'

    def tell(self, *what):
        if self.loud:
            print('  ', *what)

    def full(self, path):
        return path if path.startswith('/') else self.folder.rstrip('/') + '/' + path

    def mount(self, readonly, mkfs):
        self.tell('mount', readonly, mkfs)

    def umount(self):
        self.tell('umount')

    def stat(self, path):
        self.tell('stat', path)
        path = self.full(path)
        if path in self.files:
            return (0x8000, 0, 0, 0, 0, 0, len(self.files[path]), 0, 0, 0)
        if any(name.startswith(path.rstrip('/') + '/') for name in self.files):
            return (0x4000, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        raise OSError(2)

    def open(self, path, mode):
        self.tell('open', path, mode)
        path = self.full(path)
        if 'w' in mode:
            return Written(self, path)
        if path not in self.files:
            raise OSError(2)
        return io.BytesIO(self.files[path]) if 'b' in mode else io.StringIO(self.files[path].decode())

    def ilistdir(self, path):
        self.tell('ilistdir', repr(path))
        for name in sorted(self.files):
            yield (name[1:], 0x8000, 0, len(self.files[name]))

    def chdir(self, path):
        self.tell('chdir', path)
        self.folder = self.full(path)

    def getcwd(self):
        self.tell('getcwd')
        return self.folder

    def remove(self, path):
        self.tell('remove', path)
        if self.files.pop(self.full(path), None) is None:
            raise OSError(2)

    def rename(self, old, new):
        self.tell('rename', old, new)
        self.files[self.full(new)] = self.files.pop(self.full(old))

    def mkdir(self, path):
        self.tell('mkdir', path)
        return 'made'

    def rmdir(self, path):
        self.tell('rmdir', path)

    def statvfs(self, path):
        self.tell('statvfs', path)
        return (1, 2, 3)


class Written(io.IOBase):
    def __init__(self, memory, path):
        self.memory = memory
        self.path = path
        self.memory.files[path] = b''

    def write(self, text):
        self.memory.files[self.path] += bytes(text, 'utf8') if isinstance(text, str) else bytes(text)
        return len(text)

    def close(self):
        self.memory.tell('close', self.path)

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        self.close()


def error(call, *args, **kw):
    try:
        return call(*args, **kw)
    except OSError as e:
        return 'OSError', e.args[0]
    except AttributeError:
        return 'AttributeError'


module = b"print('own_first runs', __name__)\nvalue = 42\n"
memory = Memory({
    '/a.txt': b'one\ntwo\n',
    '/own_first.py': module,
    '/pack/__init__.py': b"print('own_pack')\n",
    '/pack/part.py': b"name = 'own_part'\n",
})
print(os.mount(memory, '/own_fs'))
print('own_fs' in os.listdir('/'), [entry[:2] for entry in os.ilistdir('/') if entry[0] == 'own_fs'])
print(os.listdir('/own_fs'))
print(list(os.ilistdir('/own_fs/x/y')))
print(os.stat('/own_fs'), os.stat('/own_fs/a.txt')[6], error(os.stat, '/own_fs/none'))
print(os.statvfs('/own_fs'))
with open('/own_fs/a.txt') as f:
    print(f.read())
print(list(open('/own_fs/a.txt', 'rb')), error(open, '/own_fs/none'))
with open('/own_fs/w.txt', 'w') as f:
    print(f.write('written'))
print(memory.files['/w.txt'])
print(os.mkdir('/own_fs/d'), os.rmdir('/own_fs/d'))
print(os.rename('/own_fs/w.txt', '/own_fs/v.txt'), os.remove('/own_fs/v.txt'), error(os.remove, '/own_fs/v.txt'))
sys.path.append('/own_fs')
import own_first
print(own_first.value, own_first.__file__)
import pack.part
print(pack.part.name)
print(os.chdir('/own_fs'), os.getcwd())
print(open('a.txt').read())
print(os.listdir(), os.listdir('.'))
print(os.chdir('pack'), os.getcwd(), open('part.py').read())
print(error(os.rename, 'a', '/own_b/a'), error(os.mount, Memory({}), '/own_fs'))
print(os.mount(Memory({}, False), '/own_two', readonly=True), error(os.rename, '/own_fs/a.txt', '/own_two/a.txt'))
print(os.umount('/own_two'), error(os.umount, '/own_two'), error(os.umount, Memory({})))
print(os.umount(memory), os.getcwd(), 'own_fs' in os.listdir('/'), error(os.listdir, '/own_fs')[0])


class Bare:
    def mount(self, readonly, mkfs):
        print('  ', readonly, mkfs)


print(os.mount(Bare(), '/own_bare', readonly=True), error(open, '/own_bare/x'), error(os.stat, '/own_bare/x'))
print(error(os.umount, '/own_bare'), 'own_bare' in os.listdir('/'))


class Refusing:
    def mount(self, readonly, mkfs):
        raise OSError(5)


print(error(os.mount, Refusing(), '/own_refused'), 'own_refused' in os.listdir('/'))
