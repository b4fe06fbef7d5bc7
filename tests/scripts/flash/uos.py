# cell: uos: listdir, ilistdir, stat, statvfs, mkdir, rmdir, remove, rename, chdir, getcwd, uname
# options: --ephemeral
import uos
import os


def number(call, *args):
    try:
        return call(*args)
    except OSError as e:
        return 'OSError(%d)' % e.args[0]


print(os is uos, uos.getcwd(), uos.listdir(), uos.listdir('/'), list(uos.ilistdir('/')))
uos.mkdir('/bak/d')
print(number(uos.mkdir, '/bak/d'), number(uos.mkdir, '/bak/e/f'), number(uos.mkdir, '/d'))
open('/bak/d/f', 'w').close()
with open('/bak/d/g', 'w') as f:
    f.write('12345')
print(uos.listdir('/bak/d'), list(uos.ilistdir('/bak/d')))
print(uos.stat('/bak/d/g')[6], uos.stat('/bak/d/g')[0], uos.stat('/bak/d')[0], uos.statvfs('/bak')[0])
print(number(uos.rmdir, '/bak/d'), number(uos.remove, '/bak/none'), number(uos.stat, '/none'))
uos.rename('/bak/d/g', '/bak/d/f')
print(uos.listdir('/bak/d'), open('/bak/d/f').read())
uos.chdir('/bak/d')
print(uos.getcwd(), uos.listdir(), open('f').read(), number(uos.chdir, 'f'))
uos.remove('f')
uos.chdir('..')
uos.rmdir('d')
print(uos.listdir())
print(uos.uname()[1].split('=')[0], len(uos.uname()), len(uos.urandom(9)))
