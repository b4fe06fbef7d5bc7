# cell: vfs.VfsPosix: a view of a folder, mounted or not, also for reading only; the environment of a script
# firmware: micropython
# options: --ephemeral
import os
import vfs

here = os.getcwd()
os.mkdir('folder')
view = vfs.VfsPosix('folder')
view.mkdir('/inner')
with view.open('/inner/file.txt', 'w') as f:
    f.write('written')
print(sorted(os.listdir('folder/inner')), [entry[:2] for entry in view.ilistdir('/')], next(view.ilistdir(b'/'))[0])
print(view.stat('/inner/file.txt')[6], view.getcwd() in ('', '/'))
vfs.mount(view, '/view')
os.chdir('/view/inner')
print(os.getcwd(), open('file.txt').read(), os.listdir('..'))
os.rename('file.txt', '/view/other.txt')
os.chdir('/')
vfs.umount('/view')
vfs.mount(vfs.VfsPosix(here + '/folder'), '/view', readonly=True)
print(open('/view/other.txt').read())
for call in (lambda: open('/view/new', 'w'), lambda: os.remove('/view/other.txt'), lambda: os.mkdir('/view/x'),
             lambda: os.rename('/view/other.txt', '/view/b'), lambda: os.rmdir('/view/inner')):
    try:
        call()
        print('fine')
    except OSError as e:
        print(repr(e))
vfs.umount('/view')
os.chdir(here)
os.unlink('folder/other.txt')
os.rmdir('folder/inner')
os.mkdir('folder/gone')
os.chdir('folder/gone')
os.rmdir(here + '/folder/gone')
try:
    os.getcwd()
except OSError as e:
    print(repr(e))
print(os.getenv('A_NAME'), os.getenv('A_NAME', 'other'), os.putenv('A_NAME', 'value'), os.getenv('A_NAME'), os.unsetenv('A_NAME'),
      os.getenv('A_NAME'), os.sep)
