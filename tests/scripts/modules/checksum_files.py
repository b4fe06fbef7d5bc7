# cell: utils, file_crc32, file_sha256, checksum
# firmware: documented 2021 2025 2026
# options: --ephemeral
import checksum
import file_crc32
import file_sha256
import ql_fs
from utils import crc32

sums = crc32()
print(sums.update(0, b'123456789'), sums.update(sums.update(0, '1234'), bytearray(b'56789')), sums.update(7, b''))
print(hex(sums.update(0xFFFFFFFF, b'123456789')), sums.update(-1, b'1') == sums.update(0xFFFFFFFF, b'1'))
try:
    sums.update(0, 5)
except TypeError:
    print('TypeError')


def write(path, data):
    with open(path, 'wb') as file:
        file.write(data)


write('/usr/a.bin', b'123456789')
write('/usr/long.bin', b'ab' * 5000)
write('/usr/empty.bin', b'')
for module in (file_crc32, file_sha256):
    print([module.calc('/usr/' + name) for name in ('a.bin', 'long.bin', 'empty.bin', 'none.bin')])

try:
    checksum.check()
except Exception as e:
    print(e)
print(checksum.update('/usr/a.bin'))
ql_fs.touch('/bak/checksum.json', [{'name': '/usr/a.bin', 'crc32': '0x0'}, {'name': '/usr/b.bin', 'crc32': '0x1'}])
print(checksum.retrieve('usr/A.bin'), checksum.retrieve('/usr/c.bin'), ql_fs.path_exists('/usr/checksum.json'))
print([entry['crc32'] for entry in checksum.update('usr/a.bin')], checksum.retrieve('/usr/a.bin'))
print(checksum.update('/usr/b.bin'), checksum.bulk_update(['/usr/c.bin']), checksum.bulk_update())
write('/usr/a.bin', b'other')
print([entry['crc32'] for entry in checksum.bulk_update(['/usr/b.bin', '/usr/a.bin'])])
write('/usr/checksum.json', b'')
try:
    checksum.retrieve('/usr/a.bin')
except Exception as e:
    print(e)
