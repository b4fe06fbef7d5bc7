# options: --lab --ephemeral
# stderr: the module restarts
# Unless it is told not to, the module restarts when an image is there as a whole.
import fota
import ql_fs
import utime

if ql_fs.path_exists('/usr/loaded'):
    print('again')
else:
    open('/usr/loaded', 'w').close()
    print(fota().httpDownload(url1='http://host/bytes/10'))
    utime.sleep(60)
