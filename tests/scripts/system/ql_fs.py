# firmware: documented 2025 2026
# options: --ephemeral
import ql_fs
import uos

print(ql_fs.path_exists('/usr/x'), ql_fs.path_exists('/usr'), ql_fs.path_exists('/'))
for path in ('/usr/a/b.txt', 'b.txt', '/usr', '/', 'a/b/', '//x'):
    print(repr(ql_fs.path_dirname(path)))
print(ql_fs.mkdirs('/usr/q/w/e'), ql_fs.mkdirs('/usr/q/w/e'), uos.listdir('/usr/q/w'))
print(ql_fs.touch('/usr/q/n/t.json', {'a': 1}), ql_fs.read_json('/usr/q/n/t.json'))
print(ql_fs.touch('/usr/q/raw.txt', 'hello', file_type='txt'), open('/usr/q/raw.txt').read())
print(ql_fs.touch('/nowhere/x', {}), ql_fs.write_json('/usr/q/w.json', [1, 2]))
print(ql_fs.path_getsize('/usr/q/raw.txt'))
try:
    ql_fs.path_getsize('/usr/none')
except ql_fs.FileNotFoundError as e:
    print(type(e).__name__, e, isinstance(e, OSError))
# The destination goes first.
print(ql_fs.file_copy('/usr/q/copy.txt', '/usr/q/raw.txt'), ql_fs.file_copy('/usr/q/c', '/usr/none'))
print(open('/usr/q/copy.txt').read(), ql_fs.read_json('/usr/none'))
try:
    ql_fs.read_json('/usr/q/raw.txt')
except ValueError:
    print('ValueError')
print(ql_fs.rmdirs('/usr/q'), ql_fs.path_exists('/usr/q'))
try:
    ql_fs.rmdirs('/usr/q')
except OSError as e:
    print(e.args[0])
