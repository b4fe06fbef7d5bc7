# cell: unzip
# firmware: documented 2021 2025 2026
# options: --ephemeral
import ubinascii
import uos
from unzip import UnZipUtils

# |start|filename|a.txt|filesize|3|filecontent|abc|end||start|filename|b.bin|filesize|6|filecontent||end|x|end|
PACKED = ubinascii.unhexlify('78daab292e492c2aa949cbcc49cd4bcc4dad49d42ba980708b33ab526b8cc1cce4fcbc92d4bc929ac4a4e49ad4bc949a1a344d497a499979084d66289ac03a2ac02400d57b2ddf')
CUT = ubinascii.unhexlify('78daab292e492c2aa949cbcc49cd4bcc4dad4906338b33ab526b8cc0cce4fcbc92d4bc929ac4a4e49ad4bc941a00087c14b4')

uos.mkdir('/usr/new')
for name, data in (('packed', PACKED), ('cut', CUT)):
    with open('/usr/new/' + name, 'wb') as file:
        file.write(data)
files = UnZipUtils('/usr/new/')
files.set_data('packed')
print(files.total_size, files.run(), files.file_name_list)
print(open('/usr/new/a.txt').read(), open('/usr/new/b.bin').read())
cut = UnZipUtils(dest_dir='/usr/new/')
cut.set_data('cut')
print(cut.run(), cut.file_name_list)
cut.data = b'|start|filename|nothing'
cut.index = 6
try:
    cut.run()
except RuntimeError as e:
    print(e)
