# firmware: all
# options: --ephemeral
import backup_restore
import bak_util
import ql_fs

print(backup_restore.bak_update('/usr/c.json', {'a': 1}), backup_restore.bak_file('/usr/c.json'))
backup_restore.main()
ql_fs.touch('/bak/backup_restore.json', {'enable': 0})
print(backup_restore.bak_update('/usr/c.json', {'a': 1}), backup_restore.bak_update('/usr/c.json', [1]))
ql_fs.touch('/bak/backup_restore.json', {'enable': 1})
print(backup_restore.bak_update('usr/c.json', {'a': 1}), ql_fs.read_json('/usr/c.json'))
print(backup_restore.bak_update('/usr/c.json', {'a': 2}))
ql_fs.touch('/usr/d.txt', '123456789', file_type='txt')
print(backup_restore.bak_file('/usr/d.txt'), backup_restore.bak_file('/usr/none'))
print([entry for entry in ql_fs.read_json('/usr/checksum.json') if entry['name'] == '/usr/d.txt'])
backup_restore.main()
ql_fs.touch('/usr/d.txt', 'damaged', file_type='txt')
backup_restore.main()
print(open('/usr/d.txt').read())

store = bak_util.SecureStorage
print(store.read(), store.write([1]), store.write({'k': 'v'}), store.write({'k': 'w'}), bak_util.JsonFile.read())
print(store.add('/usr/e.json', {'e': 1}), store.file('/usr/e.json'))
# Both count alike: what checksum has counted is not damaged.
import checksum
print(checksum.update('/usr/d.txt') is not None, checksum.retrieve('/usr/d.txt'))
backup_restore.main()
